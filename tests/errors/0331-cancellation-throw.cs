var cts = new CancellationTokenSource();
cts.ThrowIfCancellationRequested();
