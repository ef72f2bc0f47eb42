using System;
using System.Threading;
using System.Threading.Tasks;

var user = new CancellationTokenSource();
var timeout = new CancellationTokenSource();
using var linked = CancellationTokenSource.CreateLinkedTokenSource(user.Token, timeout.Token);
Task<int> op = StartAsync(linked.Token);
Console.WriteLine(op.Status);
timeout.Cancel();
Console.WriteLine($"{op.Status} user={user.IsCancellationRequested} linked={linked.IsCancellationRequested}");
try { await op; }
catch (OperationCanceledException e) when (e.CancellationToken == linked.Token) { Console.WriteLine("linked: " + e.Message); }
try { linked.Token.ThrowIfCancellationRequested(); }
catch (OperationCanceledException e) { Console.WriteLine($"{e.GetType().Name}: {e.Message}"); }
Task never = new TaskCompletionSource().Task.WaitAsync(timeout.Token);
Console.WriteLine(never.Status);

static async Task<int> StartAsync(CancellationToken token)
{
    var tcs = new TaskCompletionSource<int>();
    using (token.Register(() => tcs.TrySetCanceled(token)))
    {
        return tcs.Task;
    }
}
