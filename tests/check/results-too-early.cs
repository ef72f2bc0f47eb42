using System;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;
var op = new Op();
ValueTask vt = new ValueTask(op, 0);
try { vt.GetAwaiter().GetResult(); } catch (InvalidOperationException) { Console.WriteLine("early"); } // misuse: get-result-before-completion
try { vt.ConfigureAwait(false).GetAwaiter().GetResult(); } catch (InvalidOperationException) { Console.WriteLine("early"); } // misuse: get-result-before-completion
op.Set();
vt.GetAwaiter().GetResult();
var ch = Channel.CreateUnbounded<int>();
ValueTask<int> read = ch.Reader.ReadAsync();
try { Console.WriteLine(read.Result); } catch (InvalidOperationException e) { Console.WriteLine(e.Message); } // misuse: get-result-before-completion
ch.Writer.TryWrite(5);
Console.WriteLine(await read);
var slow = new TaskCompletionSource<int>();
var t2 = Task.Delay(5).ContinueWith(_ => slow.SetResult(3));
Console.WriteLine(new ValueTask<int>(slow.Task).Result); // misuse: sync-over-async
Console.WriteLine(new ValueTask<int>(slow.Task).GetAwaiter().GetResult());
Task.Run(() => { }).Wait(1000); // misuse: sync-over-async
class Op : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _core;
    public void Set() => _core.SetResult(true);
    public void GetResult(short token) => _core.GetResult(token);
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
