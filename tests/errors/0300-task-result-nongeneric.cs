Task t = Task.CompletedTask;
var r = t.Result;
