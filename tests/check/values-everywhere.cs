using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

// awaiter taken by hand, used twice
var vt = Get(1);
var awaiter = vt.GetAwaiter();
while (!awaiter.IsCompleted) await Task.Yield();
Console.WriteLine(awaiter.GetResult());
Console.WriteLine(awaiter.GetResult()); // misuse: double-await
// ToString twice
ValueTask<int> done = new ValueTask<int>(9);
Console.WriteLine($"{done}");
Console.WriteLine(done.ToString()); // misuse: double-await
// record with a ValueTask
var rec = new Rec(Get(2));
var rec2 = rec with { };
Console.WriteLine(await rec.Task);
Console.WriteLine(await rec2.Task); // misuse: stored-then-awaited
// generic method passing through
var t3 = Id(Get(3));
Console.WriteLine(await t3);
Console.WriteLine(await Id(t3)); // misuse: double-await
// Nullable<ValueTask>
ValueTask<int>? maybe = Get(4);
if (maybe is { } m) Console.WriteLine(await m);
Console.WriteLine(await maybe.Value); // misuse: double-await
// queue: each once
var q = new Queue<ValueTask<int>>();
for (int i = 0; i < 3; i++) q.Enqueue(Get(i));
int s = 0;
while (q.Count > 0) s += await q.Dequeue();
Console.WriteLine(s);
// ConcurrentDictionary GetOrAdd caching
var cd = new ConcurrentDictionary<int, ValueTask<int>>();
Console.WriteLine(await cd.GetOrAdd(1, k => Get(k)));
Console.WriteLine(await cd.GetOrAdd(1, k => Get(k))); // misuse: stored-then-awaited
// WhenAll over the same AsTask
var w = Get(5);
await Task.WhenAll(w.AsTask(), w.AsTask()); // misuse: as-task-twice
// switch expression / ternary
bool b = true;
int x = await (b ? Get(6) : new ValueTask<int>(0));
// params array
Console.WriteLine(await First(Get(7)));
// out var
Try(out var o);
Console.WriteLine(await o);
// async void event handlers, ignored tasks
Task ignored = Task.Run(() => { });
await ignored; await ignored;
// foreach over array twice
ValueTask<int>[] arr = { Get(1), Get(2) };
foreach (var a in arr) s += await a;
foreach (var a in arr) s += await a; // misuse: stored-then-awaited
Console.WriteLine(s);
static T Id<T>(T t) => t;
static async Task<int> First(params ValueTask<int>[] all) => await all[0];
static void Try(out ValueTask<int> r) => r = Get(8);
static async ValueTask<int> Get(int n) { await Task.Yield(); return n; }
record Rec(ValueTask<int> Task);
