var tcs = new TaskCompletionSource<int>();
tcs.SetResult();
