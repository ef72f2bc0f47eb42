// A bounded channel, a semaphore as an async lock, cancellation and timeouts.
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

var channel = Channel.CreateBounded<string>(new BoundedChannelOptions(2) { FullMode = BoundedChannelFullMode.Wait });
Task producer = Produce(channel.Writer);
await foreach (string item in channel.Reader.ReadAllAsync()) Console.WriteLine($"got {item}");
await producer;
Console.WriteLine($"{channel.Reader.Completion.Status} {channel.Writer.TryWrite("late")}");

var gate = new SemaphoreSlim(1);
int inside = 0, most = 0;
async Task Enter(int n)
{
    await gate.WaitAsync();
    try { most = Math.Max(most, ++inside); await Task.Yield(); Console.WriteLine($"in {n}"); }
    finally { inside--; gate.Release(); }
}
await Enter(1); await Enter(2); await Enter(3);
Console.WriteLine($"most {most} left {gate.CurrentCount}");
Console.WriteLine(await gate.WaitAsync(0) + " " + await gate.WaitAsync(0));
using var cts = new CancellationTokenSource();
Task waiting = gate.WaitAsync(cts.Token);
cts.Cancel();
try { await waiting; } catch (OperationCanceledException e) { Console.WriteLine($"{e.GetType().Name} {waiting.Status}"); }
var closed = Channel.CreateUnbounded<int>();
closed.Writer.Complete(new TimeoutException("closed"));
try { await closed.Reader.ReadAsync(); } catch (ChannelClosedException e) { Console.WriteLine($"{e.Message} <- {e.InnerException!.Message}"); }
Console.WriteLine(await Timeout(Task.Delay(5_000), 10) + " " + await Timeout(Task.CompletedTask, 10));

static async Task Produce(ChannelWriter<string> writer)
{
    foreach (string s in new[] { "a", "b", "c", "d" })
    {
        await writer.WriteAsync(s);
    }
    writer.Complete();
}

static async Task<string> Timeout(Task task, int ms)
{
    try { await task.WaitAsync(TimeSpan.FromMilliseconds(ms)); return "done"; } catch (TimeoutException e) { return e.Message; }
}
