using System;
using System.Threading.Tasks;

Show("static lambda", n => { Func<int, int> f = x => x + 1; Probe.Total += f(n); });
Show("captures int", n => { int k = n * 2; Func<int, int> f = x => x + k; Probe.Total += f(n); });
Show("captures string and int", n => { string s = Probe.Text; int k = n; Func<int, int> f = x => x + k + s.Length; Probe.Total += f(n); });
Show("two lambdas one scope", n => { int k = n; Func<int> f = () => k; Func<int> g = () => k + 1; Probe.Total += f() + g(); });
Show("local function", n => { int k = n; int Add(int x) => x + k; Probe.Total += Add(n); });
Show("method group", n => { Func<int, int> f = Twice; Probe.Total += f(n); });
Show("instance method group", n => { Action f = Probe.Item.Touch; f(); });
Show("async lambda, sync result", n => { Func<ValueTask<int>> f = async () => { await Task.CompletedTask; return 7; }; Probe.Total += f().Result; });

static double Twice(int x) => x * 2;
static void Show(string name, Action<int> a)
{
    a(500);
    long before = GC.GetAllocatedBytesForCurrentThread();
    a(500);
    long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
    Console.WriteLine($"{name}: {bytes}");
}

class Item { private int _n; public void Touch() => _n++; }
static class Probe { public static int Total; public static string Text = "abc"; public static Item Item = new Item(); }
