var t = Task.Completed;
