Task t = Task.CompletedTask;
t.Delay(1);
