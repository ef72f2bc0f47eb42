var a = Task.FromResult(1).GetAwaiter();
if (a.IsCompleted()) { }
