var tcs = new TaskCompletionSource();
tcs.SetResult(1);
