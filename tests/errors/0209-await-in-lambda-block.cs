Func<Task> a = () => { await Task.Delay(1); };
