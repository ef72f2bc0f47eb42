// Every operation of ManualResetValueTaskSourceCore in each of its four states.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

static string T(Action a)
{
    try
    {
        a();
        return "ok";
    }
    catch (Exception e)
    {
        return e.GetType().Name + "(" + e.Message + ")";
    }
}

foreach (string state in new[]
{
    "A",
    "B",
    "C",
    "D",
    "CF",
    "CC"
}

)
{
    var ops = new (string, Action<Src>)[]
    {
        ("SetResult", s => s.Core.SetResult(9)), // misuse: source-completed-twice
        ("SetException", s => s.Core.SetException(new FormatException("fe"))), // misuse: source-completed-twice
        ("GetStatus", s => Console.Write("<" + s.Core.GetStatus(s.Core.Version) + ">")),
        ("GetResult", s => Console.Write("<" + s.Core.GetResult(s.Core.Version) + ">")),
        ("Reset", s => s.Core.Reset()), // misuse: reset-while-awaited
        ("BadStatus", s => s.Core.GetStatus(77)), // misuse: stale-token
        ("BadResult", s => s.Core.GetResult(77)), // misuse: stale-token
        ("OnCompleted", s => s.Core.OnCompleted(_ => // misuse: concurrent-await
        {
        }, null, s.Core.Version, 0)),
        ("BadOnCompleted", s => s.Core.OnCompleted(_ => // misuse: stale-token
        {
        }, null, 77, 0)),
        ("NullOnCompleted", s => s.Core.OnCompleted(null!, null, 77, 0))
    };
    foreach (var(name, op)in ops)
    {
        var s = new Src();
        if (state is "B" or "D")
            s.Core.OnCompleted(o =>
            {
            }, "st", 0, ValueTaskSourceOnCompletedFlags.None);
        if (state is "C" or "D")
            s.Core.SetResult(5);
        if (state == "CF")
            s.Core.SetException(new ArithmeticException("ae"));
        if (state == "CC")
            s.Core.SetException(new OperationCanceledException());
        string r = T(() => op(s));
        string after = T(() => Console.Write($" {s.Core.GetStatus(s.Core.Version)} v{s.Core.Version} "));
        string res = T(() => Console.Write(s.Core.GetResult(s.Core.Version)));
        Console.WriteLine($" {state}.{name}: {r} | {after} {res}");
    }
}

var c = new ManualResetValueTaskSourceCore<int>();
int[] at =
{
    0,
    1,
    32767,
    32768,
    65535,
    65536
};
int k = 0;
foreach (int n in at)
{
    while (k < n)
    {
        c.Reset();
        k++;
    }

    Console.Write(c.Version + " ");
}

Console.WriteLine();
class Src
{
    public ManualResetValueTaskSourceCore<int> Core;
}
