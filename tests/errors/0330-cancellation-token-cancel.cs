var cts = new CancellationTokenSource();
cts.Token.Cancel();
