var d = new List<Task<int>>();
d.Add(Task.CompletedTask);
