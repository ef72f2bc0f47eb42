var a = Task.FromResult(1).GetAwaiter();
a.Result.ToString();
