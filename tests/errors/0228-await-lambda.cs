await (() => Task.CompletedTask);
