var t = TaskCompletionSource<int>();
