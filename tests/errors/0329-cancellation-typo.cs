var cts = new CancellationTokenSource();
await Task.Delay(1, cts);
