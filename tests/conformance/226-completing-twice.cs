// Completing a core twice in every combination, and what is left in it.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

Action<Core>[] ops =
{
    c => c.C.SetResult(1), // misuse: source-completed-twice
    c => c.C.SetResult(2), // misuse: source-completed-twice
    c => c.C.SetException(new Exception("x")), // misuse: source-completed-twice
    c => c.C.SetException(new OperationCanceledException("oce")) // misuse: source-completed-twice
};
string[] names =
{
    "R1",
    "R2",
    "Ex",
    "Oce"
};
for (int i = 0; i < ops.Length; i++)
    for (int j = 0; j < ops.Length; j++)
    {
        var c = new Core();
        string cont = "";
        c.C.OnCompleted(_ => cont += "*", null, 0, ValueTaskSourceOnCompletedFlags.None);
        ops[i](c);
        string second;
        try
        {
            ops[j](c);
            second = "accepted";
        }
        catch (InvalidOperationException)
        {
            second = "throws";
        }

        string res;
        try
        {
            res = c.C.GetResult(0).ToString();
        }
        catch (Exception e)
        {
            res = e.Message;
        }

        Console.WriteLine($"{names[i], -3} then {names[j], -3}: {second} {c.C.GetStatus(0)} {res} {cont}");
    }

class Core
{
    public ManualResetValueTaskSourceCore<int> C;
}
