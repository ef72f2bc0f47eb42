var d = new List<Task>();
d.Add(() => Task.CompletedTask);
