Task t = Task.CompletedTask;
var x = t.CompletedTask;
