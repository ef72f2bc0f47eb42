// Exceptions thrown by a continuation of a source come out of SetResult; those of a Task continuation do not.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var s = new Src();
s.V.GetAwaiter().UnsafeOnCompleted(() => throw new FormatException("from continuation"));
try { s.Core.SetResult(1); } catch (FormatException e) { Console.WriteLine("SetResult threw " + e.Message); }
Console.WriteLine(s.V.IsCompletedSuccessfully + " " + s.V.Result); // misuse: not-awaited
s = new Src();
var al = new AsyncLocal<int>();
al.Value = 5;
s.V.GetAwaiter().OnCompleted(() => { Console.WriteLine("flows " + al.Value); throw new TimeoutException("flowed"); });
al.Value = 6;
try { s.Core.SetResult(1); } catch (TimeoutException e) { Console.WriteLine(e.Message + " " + al.Value); }
s = new Src();
al.Value = 7;
s.V.GetAwaiter().UnsafeOnCompleted(() => Console.WriteLine("unsafe sees " + al.Value));
al.Value = 8;
s.Core.SetResult(1);
s = new Src();
Task aw = Awaiting(s.V);
s.Core.SetResult(4);
try { await aw; } catch (ArithmeticException e) { Console.WriteLine("stored in the task: " + e.Message); }
static async Task Awaiting(ValueTask<int> v) { int n = await v; throw new ArithmeticException("n=" + n); }
class Src : IValueTaskSource<int>
{
    public ManualResetValueTaskSourceCore<int> Core;
    public ValueTask<int> V => new(this, Core.Version);
    public int GetResult(short token) => Core.GetResult(token);
    public ValueTaskSourceStatus GetStatus(short token) => Core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => Core.OnCompleted(c, s, t, f);
}
