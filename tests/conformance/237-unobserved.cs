// Unobserved task exceptions: raised after a collection, observed or not.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

int seen = 0;
string? msg = null;
TaskScheduler.UnobservedTaskException += (s, e) =>
{
    seen++;
    msg = e.Exception.InnerException!.Message;
    e.SetObserved();
};
Make();
GC.Collect();
GC.WaitForPendingFinalizers();
GC.Collect();
Console.WriteLine(seen + " " + msg);
MakeObserved();
GC.Collect();
GC.WaitForPendingFinalizers();
Console.WriteLine(seen);
[MethodImpl(MethodImplOptions.NoInlining)]
static void Make()
{
    Task t = Task.FromException(new FormatException("dropped"));
    var u = new TaskCompletionSource();
    u.SetException(new FormatException("dropped"));
}

[MethodImpl(MethodImplOptions.NoInlining)]
static void MakeObserved()
{
    Task t = Task.FromException(new Exception("seen"));
    _ = t.Exception;
}
