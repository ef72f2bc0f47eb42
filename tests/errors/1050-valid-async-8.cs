var cts = new CancellationTokenSource();
cts.CancelAfter(5);
try { await Task.Delay(1000, cts.Token); } catch (OperationCanceledException) { Console.WriteLine("c"); }
var tcs = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
_ = Task.Run(() => tcs.TrySetResult("ok"));
Console.WriteLine(await tcs.Task);
