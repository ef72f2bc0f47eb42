// The exact messages of common failures in the task library.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

static void Try(string n, Action a)
{
    try
    {
        a();
        Console.WriteLine($"{n}: fine");
    }
    catch (Exception e)
    {
        Console.WriteLine($"{n}: {e.GetType().Name}: {e.Message}");
    }
}

Try("vt task", () => new ValueTask<int>((Task<int>)null!));
Try("vt src", () => new ValueTask<int>((System.Threading.Tasks.Sources.IValueTaskSource<int>)null!, 0));
Try("vt0 task", () => new ValueTask((Task)null!));
Try("fromexc", () => Task.FromException(null!));
Try("fromcanc", () => Task.FromCanceled(CancellationToken.None));
Try("fromcanc<T>", () => ValueTask.FromCanceled<int>(default));
Try("delay", () => Task.Delay(-2));
Try("delay ts", () => Task.Delay(TimeSpan.FromDays(100)));
Try("whenany0", () => Task.WhenAny());
Try("whenany null", () => Task.WhenAny(null!, Task.CompletedTask));
Try("whenall null", () => Task.WhenAll(Task.CompletedTask, null!, Task.CompletedTask));
Try("waitall", () => Task.WaitAll(Task.CompletedTask, null!));
Try("waitany", () => Console.WriteLine(Task.WaitAny(new Task[0])));
var tcs = new TaskCompletionSource<int>();
Try("start", () => tcs.Task.Start());
Try("dispose", () => tcs.Task.Dispose());
Try("runsync", () => tcs.Task.RunSynchronously());
Try("set", () =>
{
    tcs.SetResult(1);
    tcs.SetResult(2); // misuse: source-completed-twice
});
Try("setexc", () => tcs.SetException(new Exception("x"))); // misuse: source-completed-twice
Try("setcanc", () => tcs.SetCanceled()); // misuse: source-completed-twice
Console.WriteLine(tcs.TrySetResult(4) + " " + tcs.Task.Result);
Try("start completed", () => Task.CompletedTask.Start());
Try("excs", () => new TaskCompletionSource().SetException(Array.Empty<Exception>()));
Try("excs null", () => new TaskCompletionSource().SetException(new Exception[] { null! }));
Try("exc null", () => new TaskCompletionSource().SetException((Exception)null!));
var nt = new Task(() =>
{
});
nt.Start();
nt.Wait(); // misuse: sync-over-async
Try("start twice", () => nt.Start());
var ct = nt.ContinueWith(_ =>
{
});
Try("start cont", () => ct.Start());
Try("cw opts", () => nt.ContinueWith(_ =>
{
}, TaskContinuationOptions.NotOnCanceled | TaskContinuationOptions.NotOnFaulted | TaskContinuationOptions.NotOnRanToCompletion));
Try("cw opts2", () => nt.ContinueWith(_ =>
{
}, TaskContinuationOptions.LongRunning | TaskContinuationOptions.ExecuteSynchronously));
Try("cw null", () => nt.ContinueWith((Action<Task>)null!));
Try("run null", () => Task.Run((Action)null!));
Try("new null", () => new Task(null!));
Try("cts", () =>
{
    var c = new CancellationTokenSource();
    c.Dispose();
    Console.WriteLine(c.IsCancellationRequested);
    _ = c.Token;
});
Try("cts cancel", () =>
{
    var c = new CancellationTokenSource();
    c.Dispose();
    c.Cancel();
});
Try("cancelafter", () => new CancellationTokenSource().CancelAfter(-5));
Try("ctor", () => new CancellationTokenSource(-5));
Try("reg", () => default(CancellationToken).Register(null!));
Try("sem", () => new SemaphoreSlim(-1));
Try("sem2", () => new SemaphoreSlim(2, 1));
Try("sem3", () => new SemaphoreSlim(1, 1).Release());
Try("await null", () => ((Task)null!).GetAwaiter().GetResult());
Try("awaiter default", () => Console.WriteLine(default(System.Runtime.CompilerServices.TaskAwaiter).IsCompleted));
Try("wait", () => Task.CompletedTask.Wait(-3));
Try("waitasync", () => new TaskCompletionSource().Task.WaitAsync(TimeSpan.FromSeconds(-5)));
Try("suppress", () => Task.FromResult(3).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing));
Try("cao", () => Task.CompletedTask.ConfigureAwait((ConfigureAwaitOptions)8));
Try("tcs opts", () => new TaskCompletionSource((TaskCreationOptions)1024));
Try("barrier", () => throw new BarrierPostPhaseException());
Try("mres", () => new ManualResetEventSlim(false, -1));
Try("countdown", () => new CountdownEvent(0).Signal());
Try("tse", () => throw new TaskSchedulerException());
Try("lock", () => Monitor.Exit(new object ()));
Try("pulse", () => Monitor.Pulse(new object ()));
Try("sle", () => throw new SynchronizationLockException());
