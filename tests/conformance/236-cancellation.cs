// Cancellation: callback order and aggregate, linked sources, registrations, Dispose, CancelAsync, None, Register with state.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var cts = new CancellationTokenSource();
for (int i = 0; i < 3; i++)
{
    int k = i;
    cts.Token.Register(() => Console.Write("r" + k + " "));
}

cts.Token.Register(s => Console.Write(s + " "), "state");
var dead = cts.Token.Register(() => Console.Write("never "));
dead.Dispose();
Console.WriteLine(dead.Unregister());
cts.Cancel();
Console.WriteLine(cts.IsCancellationRequested);
cts.Token.Register(() => Console.WriteLine("at once"));
cts.Cancel();
var c2 = new CancellationTokenSource();
c2.Token.Register(() => throw new FormatException("f1"));
c2.Token.Register(() => Console.Write("mid "));
c2.Token.Register(() => throw new TimeoutException("t2"));
try
{
    c2.Cancel();
}
catch (AggregateException e)
{
    Console.WriteLine(string.Join(",", e.InnerExceptions.Select(x => x.Message)));
}

var c3 = new CancellationTokenSource();
c3.Token.Register(() => Console.Write("x "));
c3.Token.Register(() => throw new FormatException("first"));
try
{
    c3.Cancel(true);
}
catch (FormatException e)
{
    Console.WriteLine(e.Message);
}

var a = new CancellationTokenSource();
var b = new CancellationTokenSource();
using var linked = CancellationTokenSource.CreateLinkedTokenSource(a.Token, b.Token);
b.Cancel();
Console.WriteLine($"{linked.IsCancellationRequested} {a.IsCancellationRequested} {linked.Token == b.Token}");
try
{
    linked.Token.ThrowIfCancellationRequested();
}
catch (OperationCanceledException e)
{
    Console.WriteLine(e.Message + (e.CancellationToken == linked.Token));
}

Console.WriteLine($"{CancellationToken.None.CanBeCanceled} {default(CancellationToken) == CancellationToken.None} {new CancellationToken(true).IsCancellationRequested} {a.Token.Equals(a.Token)} {a.Token.WaitHandle != null} {a.Token.CanBeCanceled}");
var c4 = new CancellationTokenSource();
c4.Token.Register(() => Console.WriteLine("async cancel"));
await c4.CancelAsync();
c4.Dispose();
try
{
    c4.Token.Register(() =>
    {
    });
}
catch (ObjectDisposedException e)
{
    Console.WriteLine(e.Message);
}

Console.WriteLine(c4.IsCancellationRequested);
var tcs = new TaskCompletionSource<int>();
var c5 = new CancellationTokenSource();
using (c5.Token.Register(() => tcs.TrySetCanceled(c5.Token)))
{
    c5.Cancel();
    try
    {
        await tcs.Task;
    }
    catch (TaskCanceledException e)
    {
        Console.WriteLine(e.CancellationToken == c5.Token);
    }
}

var c6 = new CancellationTokenSource();
var t = Loop(c6.Token);
c6.Cancel();
try
{
    await t;
}
catch (OperationCanceledException)
{
    Console.WriteLine(t.Status);
}

static async Task<int> Loop(CancellationToken ct)
{
    int n = 0;
    while (true)
    {
        ct.ThrowIfCancellationRequested();
        n++;
        await Task.Yield();
    }
}

var c7 = new CancellationTokenSource();
c7.Token.Register((o, tok) => Console.WriteLine(o + " " + tok.IsCancellationRequested), 5);
c7.Cancel();
Console.WriteLine(default(CancellationTokenRegistration).Token.CanBeCanceled + " " + default(CancellationTokenRegistration).Unregister());
try
{
    await Task.Run(() => 1, new CancellationToken(true));
}
catch (TaskCanceledException e)
{
    Console.WriteLine(e.Message);
}
