var tcs = new TaskCompletionSource<int>();
tcs.SetException("boom");
