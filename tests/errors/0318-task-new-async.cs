var t = new Task(async () => { await Task.Delay(1); return 1; });
