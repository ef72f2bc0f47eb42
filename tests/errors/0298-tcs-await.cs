var tcs = new TaskCompletionSource<int>();
await tcs;
