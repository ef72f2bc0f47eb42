if (Task.IsCompleted) { }
