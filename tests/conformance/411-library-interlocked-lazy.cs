// Interlocked, Volatile, Lazy, LazyInitializer.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
int a = 5; long b = 7; object? o = null; string s = "x";
Console.WriteLine(Interlocked.Increment(ref a) + " " + Interlocked.Add(ref b, 3) + " " + Interlocked.Exchange(ref a, 1) + " " + Interlocked.CompareExchange(ref a, 9, 1) + " " + a + " " + Interlocked.Read(ref b) + " " + Interlocked.Or(ref a, 6) + Interlocked.And(ref a, 12) + a);
Console.WriteLine(Interlocked.CompareExchange(ref o, "new", null) == null ? o : "no"); Console.WriteLine(Interlocked.Exchange(ref s, "y") + s);
Volatile.Write(ref a, 3); Console.WriteLine(Volatile.Read(ref a)); Interlocked.MemoryBarrier(); double d = 1; Interlocked.Exchange(ref d, 2.5); Console.WriteLine(d);
var lazy = new Lazy<int>(() => { Console.WriteLine("made"); return 42; }); Console.WriteLine(lazy.IsValueCreated); Console.WriteLine(lazy.Value + lazy.Value); 
var al = new Lazy<Task<int>>(async () => { await Task.Delay(1); return 5; }); Console.WriteLine(await al.Value + await al.Value);
int? n = null; n ??= 5; Console.WriteLine(n + " " + n.HasValue + " " + (n > 3) + " " + n.GetValueOrDefault() + " " + ((int?)null ?? -1)); LazyInitializer.EnsureInitialized(ref o, () => "z"); Console.WriteLine(o);
