// Timer, PeriodicTimer, System.Timers.Timer, Stopwatch, WaitAsync.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
int ticks = 0; var tcs = new TaskCompletionSource();
using (var timer = new Timer(_ => { if (++ticks == 3) tcs.TrySetResult(); }, null, 10, 10)) await tcs.Task;
Console.WriteLine(ticks);
using var pt = new PeriodicTimer(TimeSpan.FromMilliseconds(20)); int n = 0;
while (await pt.WaitForNextTickAsync()) if (++n == 3) break; Console.WriteLine(n);
var sw = System.Diagnostics.Stopwatch.StartNew();
await Task.Delay(100);
Console.WriteLine(sw.ElapsedMilliseconds >= 95);
sw.Stop();
Console.WriteLine(sw.IsRunning);
try { await Task.Delay(1000).WaitAsync(TimeSpan.FromMilliseconds(10)); } catch (TimeoutException e) { Console.WriteLine(e.Message); }
Console.WriteLine(await Task.FromResult(5).WaitAsync(TimeSpan.FromSeconds(1)));
pt.Dispose(); Console.WriteLine(await pt.WaitForNextTickAsync());
using var cts = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
try { await Task.Delay(Timeout.Infinite, cts.Token); }
catch (TaskCanceledException e) { Console.WriteLine(e.Message + (e.CancellationToken == cts.Token)); }
var st = new System.Timers.Timer(10) { AutoReset = false };
var done = new TaskCompletionSource();
st.Elapsed += (s, e) => done.SetResult();
st.Start();
await done.Task;
Console.WriteLine("elapsed");
