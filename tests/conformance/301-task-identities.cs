// cached tasks, default structs, and what is refused
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;
foreach (int n in new[]{-2,-1,0,8,9}) Console.WriteLine(ReferenceEquals(Task.FromResult(n), Task.FromResult(n)));
Console.WriteLine(ReferenceEquals(Task.FromResult(0L), Task.FromResult(0L)));
Console.WriteLine(ReferenceEquals(Task.FromResult(""), Task.FromResult("")));
Console.WriteLine(ReferenceEquals(Task.FromResult<string?>(null), Task.FromResult<string?>(null)));
Console.WriteLine(ReferenceEquals(Task.FromResult(Guid.Empty), Task.FromResult(Guid.Empty)));
Console.WriteLine(ReferenceEquals(Task.FromResult(0m), Task.FromResult(0m)));
Console.WriteLine(ReferenceEquals(Task.FromResult(0.0m), Task.FromResult(0.0m)));
Console.WriteLine(ReferenceEquals(Task.FromResult(-0.0), Task.FromResult(-0.0)));
Console.WriteLine(ReferenceEquals(Task.FromResult(default((string,int))), Task.FromResult(default((string,int)))));
Console.WriteLine(default(ValueTask<int>).IsCompletedSuccessfully + " " + default(ValueTask<int>).Result + " " + default(ValueTask<int>));
Console.WriteLine("[" + default(ValueTask<string>).ToString() + "]");
Console.WriteLine(default(ValueTask).ToString());
try { _ = new ValueTask<int>((Task<int>)null!); } catch (ArgumentNullException e) { Console.WriteLine(e.Message); }
try { _ = new ValueTask<int>((IValueTaskSource<int>)null!, 0); } catch (ArgumentNullException e) { Console.WriteLine(e.Message); }
var vt = new ValueTask<int>(5);
Console.WriteLine(await vt + await vt); // misuse: double-await
Console.WriteLine(new ValueTask<int>(5) == new ValueTask<int>(5));
Console.WriteLine(new ValueTask<int>(5) == new ValueTask<int>(Task.FromResult(5)));
Console.WriteLine(new ValueTask<int>(5).GetHashCode());
Console.WriteLine(ReferenceEquals(new ValueTask<int>(3).AsTask(), Task.FromResult(3)) + " " + ReferenceEquals(new ValueTask<int>(300).AsTask(), Task.FromResult(300)));
Console.WriteLine(ReferenceEquals(default(ValueTask).AsTask(), Task.CompletedTask));
try { Task.Delay(-2); } catch (ArgumentOutOfRangeException e) { Console.WriteLine(e.Message); }
try { Console.WriteLine(default(System.Runtime.CompilerServices.TaskAwaiter).IsCompleted); } catch (NullReferenceException e) { Console.WriteLine(e.Message); }
Console.WriteLine(default(System.Runtime.CompilerServices.ValueTaskAwaiter<int>).GetResult());
try { await (Task)null!; } catch (NullReferenceException) { Console.WriteLine("nre"); }
var tcs = new TaskCompletionSource<int>();
try { tcs.Task.Start(); } catch (InvalidOperationException e) { Console.WriteLine(e.Message); }
try { tcs.Task.Dispose(); } catch (InvalidOperationException e) { Console.WriteLine(e.Message); }
tcs.SetResult(1);
try { tcs.SetResult(2); } catch (InvalidOperationException e) { Console.WriteLine(e.Message); } // misuse: source-completed-twice
Console.WriteLine(tcs.TrySetResult(3) + " " + tcs.Task.Result);
Console.WriteLine(Task.CompletedTask.GetType());
static async Task Sus() { await Task.Yield(); }
var st = Sus(); Console.WriteLine(st.GetType()); await st;
try { await Task.Run(() => (Task)null!); } catch (Exception e) { Console.WriteLine(e.GetType().Name); }
try { Task.WhenAny(); } catch (ArgumentException e) { Console.WriteLine(e.Message); }
Console.WriteLine(ReferenceEquals(Task.WhenAll(st), st) + " " + ReferenceEquals(Task.WhenAll(), Task.CompletedTask));
static async Task<bool> B(bool b) => b;
Console.WriteLine(ReferenceEquals(B(true), B(true)));
