// Channels: unbounded and bounded, full modes, completion, errors, TryRead and WaitToRead, ReadAllAsync.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

var ch = Channel.CreateUnbounded<int>();
for (int i = 0; i < 3; i++)
    ch.Writer.TryWrite(i);
ch.Writer.Complete();
await foreach (int i in ch.Reader.ReadAllAsync())
    Console.Write(i);
Console.WriteLine(" " + ch.Reader.Completion.Status + ch.Writer.TryWrite(9) + ch.Writer.TryComplete());
try
{
    await ch.Reader.ReadAsync();
}
catch (ChannelClosedException e)
{
    Console.WriteLine(e.Message);
}

try
{
    ch.Writer.Complete();
}
catch (ChannelClosedException e)
{
    Console.WriteLine(e.Message);
}

try
{
    await ch.Writer.WriteAsync(1);
}
catch (ChannelClosedException e)
{
    Console.WriteLine(e.Message + (e.InnerException is null));
}

var b = Channel.CreateBounded<string>(2);
Console.WriteLine(b.Writer.TryWrite("a") + " " + b.Writer.TryWrite("b") + " " + b.Writer.TryWrite("c") + " " + b.Reader.Count);
ValueTask w = b.Writer.WriteAsync("d");
Console.WriteLine(w.IsCompleted);
Console.WriteLine(await b.Reader.ReadAsync());
await w;
Console.WriteLine(b.Reader.TryPeek(out var pk) + pk);
foreach (var mode in Enum.GetValues<BoundedChannelFullMode>())
{
    var c = Channel.CreateBounded<int>(new BoundedChannelOptions(2) { FullMode = mode }, x => Console.Write("drop" + x + " "));
    for (int i = 1; i <= 4; i++)
        Console.Write(c.Writer.TryWrite(i) + " ");
    c.Writer.Complete();
    var l = new List<int>();
    while (c.Reader.TryRead(out int v))
        l.Add(v);
    Console.WriteLine(mode + ":" + string.Join(",", l));
}

var f = Channel.CreateUnbounded<int>();
f.Writer.Complete(new TimeoutException("upstream"));
try
{
    await f.Reader.ReadAsync();
}
catch (ChannelClosedException e)
{
    Console.WriteLine(e.InnerException!.Message);
}

try
{
    await f.Reader.WaitToReadAsync();
}
catch (TimeoutException e)
{
    Console.WriteLine("wait " + e.Message);
}

Console.WriteLine(f.Reader.Completion.Status);
var p = Channel.CreateUnbounded<int>(new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = true });
ValueTask<int> pending = p.Reader.ReadAsync();
Console.WriteLine(pending.IsCompleted);
p.Writer.TryWrite(42);
Console.WriteLine(await pending);
try
{
    await pending; // misuse: double-await
}
catch (InvalidOperationException e)
{
    Console.WriteLine(e.Message);
}

var cts = new CancellationTokenSource();
var cr = p.Reader.ReadAsync(cts.Token);
cts.Cancel();
try
{
    await cr;
}
catch (OperationCanceledException e)
{
    Console.WriteLine(e.GetType().Name + (e.CancellationToken == cts.Token));
}

Console.WriteLine(await p.Writer.WaitToWriteAsync() + " " + p.Reader.CanCount + p.Reader.CanPeek);
p.Writer.Complete();
Console.WriteLine(await p.Reader.WaitToReadAsync());
