var tcs = new TaskCompletionSource<int>();
tcs.Task = null;
