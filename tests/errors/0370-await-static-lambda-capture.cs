int y = 1;
Func<Task> f = static async () => { await Task.Delay(y); };
