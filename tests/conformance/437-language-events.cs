using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
var pub = new Publisher();
pub.Changed += (s, e) => Console.WriteLine($"{s!.GetType().Name} {e.Value}");
EventHandler<MyArgs> h = (_, e) => Console.WriteLine("h" + e.Value);
pub.Changed += h;
pub.Raise(1);
pub.Changed -= h;
pub.Raise(2);
pub.AsyncEvent += async x => { await Task.Delay(1); Console.WriteLine("async " + x); };
await pub.RaiseAsync(5);
pub.Custom += () => Console.WriteLine("custom");
pub.Fire();
var d = (Action)(() => Console.Write("a")) + (() => Console.Write("b"));
d += () => Console.WriteLine("c");
d();
Console.WriteLine(d.GetInvocationList().Length);
class MyArgs(int v) : EventArgs { public int Value => v; }
class Publisher { public event EventHandler<MyArgs>? Changed; public event Func<int, Task>? AsyncEvent; private Action? _c; public event Action Custom { add { Console.WriteLine("add"); _c += value; } remove => _c -= value; }
  public void Raise(int v) => Changed?.Invoke(this, new MyArgs(v)); public async Task RaiseAsync(int v) { foreach (Func<int, Task> f in AsyncEvent!.GetInvocationList()) await f(v); } public void Fire() => _c?.Invoke(); }
