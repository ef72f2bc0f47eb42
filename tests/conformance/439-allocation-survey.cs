// Bytes of a hundred small things that async programs do.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using System.Runtime.CompilerServices;
using static H;
Console.WriteLine("0 " + M(() => { keep = new CancellationTokenSource(); }));
Console.WriteLine("1 " + M(() => { var c = new CancellationTokenSource(); c.Cancel(); }));
Console.WriteLine("2 " + M(() => { var c = new CancellationTokenSource(); var t = c.Token; t.Register(() => { }); }));
Console.WriteLine("3 " + M(() => { var c = new CancellationTokenSource(); c.Token.Register(static () => { }); c.Token.Register(static () => { }); }));
Console.WriteLine("4 " + M(() => { var c = new CancellationTokenSource(); c.Token.UnsafeRegister(static s => { }, null).Dispose(); }));
Console.WriteLine("5 " + M(() => { CancellationTokenSource.CreateLinkedTokenSource(new CancellationTokenSource().Token, new CancellationTokenSource().Token).Dispose(); }));
Console.WriteLine("6 " + M(() => { CancellationTokenSource.CreateLinkedTokenSource(default(CancellationToken)).Dispose(); }));
Console.WriteLine("7 " + M(() => { new CancellationTokenSource(100000).Dispose(); }));
Console.WriteLine("8 " + M(() => { var c = new CancellationTokenSource(); c.CancelAfter(100000); c.Dispose(); }));
Console.WriteLine("9 " + M(() => { keep = Task.Delay(0); }));
Console.WriteLine("10 " + M(() => { keep = Task.Delay(1000000, new CancellationTokenSource().Token); }));
Console.WriteLine("11 " + M(() => { keep = new SemaphoreSlim(0).WaitAsync(); }));
Console.WriteLine("12 " + M(() => { keep = new SemaphoreSlim(1).WaitAsync(); }));
Console.WriteLine("13 " + M(() => { var s = new SemaphoreSlim(0); keep = s.WaitAsync(); keep = s.WaitAsync(); s.Release(2); }));
Console.WriteLine("14 " + M(() => { keep = new SemaphoreSlim(0).WaitAsync(0); }));
Console.WriteLine("15 " + M(() => { keep = Task.WhenAll(new Task[] { Task.CompletedTask, Task.CompletedTask }); }));
Console.WriteLine("16 " + M(() => { keep = Task.WhenAll(new List<Task> { Task.CompletedTask, tcs.Task }); }));
Console.WriteLine("17 " + M(() => { keep = Task.WhenAll(new Task<int>[] { Task.FromResult(1), Task.FromResult(1000) }); }));
Console.WriteLine("18 " + M(() => { keep = Task.WhenAny(new Task[] { tcs.Task, tcs2.Task }); }));
Console.WriteLine("19 " + M(() => { keep = Task.WhenAny(tcs.Task, tcs2.Task); }));
Console.WriteLine("20 " + M(() => { keep = Task.WhenAny(Task.CompletedTask, tcs2.Task); }));
Console.WriteLine("21 " + M(() => { keep = tcs.Task.ContinueWith(static t => { }); }));
Console.WriteLine("22 " + M(() => { keep = tcs.Task.ContinueWith(static t => 5, TaskContinuationOptions.ExecuteSynchronously); }));
Console.WriteLine("23 " + M(() => { keep = tcs.Task.WaitAsync(TimeSpan.FromHours(1)); }));
Console.WriteLine("24 " + M(() => { keep = tcs.Task.WaitAsync(new CancellationTokenSource().Token); }));
Console.WriteLine("25 " + M(() => { keep = new ValueTask<int>(5).AsTask(); }));
Console.WriteLine("26 " + M(() => { keep = new ValueTask<int>(500).AsTask(); }));
Console.WriteLine("27 " + M(() => { keep = new ValueTask(tcs.Task).AsTask(); }));
Console.WriteLine("28 " + M(() => { keep = new ValueTask<string>("x").AsTask(); }));
Console.WriteLine("29 " + M(() => { keep = ValueTask.FromException<int>(err); }));
Console.WriteLine("30 " + M(() => { keep = Task.FromException<int>(err); }));
Console.WriteLine("31 " + M(() => { keep = Task.FromCanceled<int>(canceled); }));
Console.WriteLine("32 " + M(() => { keep = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously); }));
Console.WriteLine("33 " + M(() => { keep = new TaskCompletionSource(); }));
Console.WriteLine("34 " + M(() => { var s = new TaskCompletionSource<int>(); s.SetException(err); }));
Console.WriteLine("35 " + M(() => { var s = new TaskCompletionSource<int>(); s.SetCanceled(); }));
Console.WriteLine("36 " + M(() => { var s = new TaskCompletionSource<int>(); s.TrySetCanceled(canceled); }));
Console.WriteLine("37 " + M(() => { keep = Sync(1); }));
Console.WriteLine("38 " + M(() => { keep = Sync(1000); }));
Console.WriteLine("40 " + M(() => { keep = Susp(tcs.Task); }));
Console.WriteLine("41 " + M(() => { keep = Susp2(tcs.Task, 1, "a"); }));
Console.WriteLine("43 " + M(() => { keep = SuspFinally(tcs.Task); }));
Console.WriteLine("44 " + M(() => { keep = SuspTwo(tcs.Task, tcs2.Task); }));
Console.WriteLine("45 " + M(() => { keep = SuspCfg(tcs.Task); }));
Console.WriteLine("46 " + M(() => { keep = SuspYield(); }));
Console.WriteLine("47 " + M(() => { keep = SuspGen<long>(tcs.Task, 5L); }));
Console.WriteLine("48 " + M(() => { keep = SuspGen<string>(tcs.Task, "a"); }));
Console.WriteLine("49 " + M(() => { keep = new Worker().Run(tcs.Task); }));
Console.WriteLine("50 " + M(() => { keep = Lambda(tcs.Task); }));
Console.WriteLine("51 " + M(() => { foreach (var x in Iter(3)) { }; }));
Console.WriteLine("52 " + M(() => { keep = Iter(3).GetEnumerator(); }));
Console.WriteLine("53 " + M(() => { keep = AIter().GetAsyncEnumerator(); }));
Console.WriteLine("54 " + M(() => { keep = new Lazy<int>(() => 5).Value; }));
Console.WriteLine("55 " + M(() => { keep = new Lazy<Task<int>>(() => Sync(5)).Value; }));
Console.WriteLine("56 " + M(() => { keep = new Timer(static _ => { }, null, -1, -1); }));
Console.WriteLine("57 " + M(() => { keep = new PeriodicTimer(TimeSpan.FromHours(1)); }));
Console.WriteLine("58 " + M(() => { keep = new AsyncLocal<int> { Value = 5 }; }));
Console.WriteLine("59 " + M(() => { al.Value = 7; }));
Console.WriteLine("60 " + M(() => { keep = ExecutionContext.Capture(); }));
Console.WriteLine("61 " + M(() => { keep = new object[] { 1, 2L, 'c', true, 1.5 }; }));
Console.WriteLine("62 " + M(() => { keep = string.Concat("a", n.ToString()); }));
Console.WriteLine("63 " + M(() => { keep = $"{n}"; }));
Console.WriteLine("64 " + M(() => { keep = $"{n:D4} {1.5:F2}"; }));
Console.WriteLine("65 " + M(() => { keep = string.Format("{0} {1}", n, "x"); }));
Console.WriteLine("66 " + M(() => { keep = n.ToString() + 'c'; }));
Console.WriteLine("67 " + M(() => { keep = "abc".Substring(1); }));
Console.WriteLine("68 " + M(() => { keep = "abc".ToUpper(); }));
Console.WriteLine("69 " + M(() => { keep = string.Join(",", list); }));
Console.WriteLine("70 " + M(() => { keep = new List<int>(list); }));
Console.WriteLine("71 " + M(() => { keep = list.ToArray(); }));
Console.WriteLine("72 " + M(() => { keep = new Dictionary<string, int> { ["a"] = 1 }; }));
Console.WriteLine("73 " + M(() => { keep = new HashSet<int> { 1, 2, 3 }; }));
Console.WriteLine("74 " + M(() => { keep = new Queue<int>(new[] { 1, 2 }); }));
Console.WriteLine("75 " + M(() => { keep = new Stack<string>(); }));
Console.WriteLine("76 " + M(() => { foreach (var x in list) { }; }));
Console.WriteLine("77 " + M(() => { foreach (var x in (IEnumerable<int>)list) { }; }));
Console.WriteLine("78 " + M(() => { keep = list.Where(static x => x > 1); }));
Console.WriteLine("89 " + M(() => { keep = list.ToDictionary(static x => x); }));
Console.WriteLine("90 " + M(() => { keep = (1, "a"); }));
Console.WriteLine("91 " + M(() => { keep = new Tuple<int, string>(1, "a"); }));
Console.WriteLine("92 " + M(() => { keep = new P(1, 2); }));
Console.WriteLine("93 " + M(() => { keep = new P(1, 2) with { X = 3 }; }));
Console.WriteLine("94 " + M(() => { keep = new { A = 1 }; }));
Console.WriteLine("95 " + M(() => { keep = (Action)(() => Console.WriteLine(n)); }));
Console.WriteLine("96 " + M(() => { keep = new Exception("x"); }));
Console.WriteLine("97 " + M(() => { try { throw new InvalidOperationException("x"); } catch (Exception e) { keep = e; }; }));
Console.WriteLine("98 " + M(() => { keep = new Thread(static () => { }); }));
Console.WriteLine("99 " + M(() => { keep = new ManualResetEventSlim(); }));
Console.WriteLine("100 " + M(() => { keep = new CountdownEvent(1); }));
Console.WriteLine("101 " + M(() => { keep = System.Threading.Channels.Channel.CreateUnbounded<int>(); }));
Console.WriteLine("102 " + M(() => { keep = System.Threading.Channels.Channel.CreateBounded<int>(5); }));
Console.WriteLine("103 " + M(() => { var c = System.Threading.Channels.Channel.CreateUnbounded<int>(); c.Writer.TryWrite(1); }));
Console.WriteLine("104 " + M(() => { var c = System.Threading.Channels.Channel.CreateUnbounded<int>(); keep = c.Reader.ReadAsync().AsTask(); }));
Console.WriteLine("105 " + M(() => { var c = System.Threading.Channels.Channel.CreateUnbounded<int>(); keep = c.Reader.WaitToReadAsync().AsTask(); }));
Console.WriteLine("106 " + M(() => { keep = new Progress<int>(static _ => { }); }));
Console.WriteLine("107 " + M(() => { keep = new WeakReference<object>(keep); }));
Console.WriteLine("108 " + M(() => { keep = (int?)5; }));
Console.WriteLine("109 " + M(() => { keep = DayOfWeek.Monday; }));
Console.WriteLine("110 " + M(() => { keep = Guid.NewGuid(); }));
Console.WriteLine("111 " + M(() => { keep = DateTime.Now; }));
Console.WriteLine("112 " + M(() => { keep = new Random(1); }));
Console.WriteLine("113 " + M(() => { keep = Task.Run(static () => { }); }));
Console.WriteLine("114 " + M(() => { keep = Task.Run(static () => 5); }));
Console.WriteLine("115 " + M(() => { keep = Task.Factory.StartNew(static () => { }); }));
Console.WriteLine("116 " + M(() => { keep = new Task(static () => { }); }));
Console.WriteLine("117 " + M(() => { keep = Task.Run(static async () => { await Task.Yield(); }); }));
Console.WriteLine("118 " + M(() => { keep = new int[3, 3]; }));
Console.WriteLine("119 " + M(() => { keep = new int[2][] { new int[1], new int[2] }; }));
Console.WriteLine("120 " + M(() => { keep = new char[] { 'a' }; }));
Console.WriteLine("121 " + M(() => { keep = "a,b,c".Split(','); }));
Console.WriteLine("122 " + M(() => { keep = new StringBuilder().Append("abc").Append(1).ToString(); }));
Console.WriteLine("123 " + M(() => { keep = new StringBuilder(100); }));

static class H {
  public static object? keep;
  public static int n = 5;
  public static List<int> list = new() { 1, 2, 3 };
  public static TaskCompletionSource<int> tcs = new(), tcs2 = new();
  public static Exception err = new Exception("e");
  public static CancellationToken canceled = new CancellationToken(true);
  public static AsyncLocal<int> al = new();
  public static long M(Action a)
  {
      a();
      a();
      tcs = new();
      tcs2 = new();
      long b = GC.GetAllocatedBytesForCurrentThread();
      a();
      return GC.GetAllocatedBytesForCurrentThread() - b;
  }
  public static async Task<int> Sync(int x) => x;
  public static async ValueTask<int> SyncV(int x) => x;
  public static async Task<int> Susp(Task<int> t) => await t;
  public static async Task<int> Susp2(Task<int> t, int a, string b) { int c = a + 1; await t; return c + b.Length; }
  public static async ValueTask<int> SuspV(Task<int> t) => await t;
  public static async Task SuspFinally(Task t) { try { await t; } finally { Console.Write(""); } }
  public static async Task SuspTwo(Task<int> t, Task<int> u) { int x = await t; int y = await u; Console.Write(x + y); }
  public static async Task SuspCfg(Task<int> t) { await t.ConfigureAwait(false); }
  public static async Task SuspYield() { await Task.Yield(); }
  public static async Task<T> SuspGen<T>(Task t, T v) { await t; return v; }
  public static Task<int> Lambda(Task<int> t) { int q = 5; Func<Task<int>> f = async () => { await t; return q; }; return f(); }
  public static IEnumerable<int> Iter(int n) { for (int i = 0; i < n; i++) yield return i; }
  public static async IAsyncEnumerable<int> AIter() { await Task.Yield(); yield return 1; }
}
class Worker { int f = 3; public async Task<int> Run(Task<int> t) { await t; return f; } }
record P(int X, int Y);
