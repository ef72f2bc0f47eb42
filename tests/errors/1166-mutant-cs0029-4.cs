using System;
using System.Threading;
using System.Threading.Tasks;

Task<int> ok = Task.FromResult(42);
Task<int> bad = ValueTask.FromException<int>(new FormatException("bad digits"));
Task<int> off = Task.FromCanceled<int>(new CancellationToken(true));
Console.WriteLine($"{ok.Status} {bad.Status} {off.Status}");
Console.WriteLine($"{bad.IsFaulted} {off.IsCanceled} {ok.IsCompletedSuccessfully}");
Console.WriteLine(await ok);
try { await bad; }
catch (FormatException e) { Console.WriteLine($"{e.GetType().Name}: {e.Message}"); }
try { await off; }
catch (OperationCanceledException e) { Console.WriteLine($"{e.GetType().Name}: {e.Message}"); }
Console.WriteLine(bad.Exception!.GetType().Name + " / " + bad.Exception.InnerException!.Message);
Console.WriteLine(off.Exception == null);
try { Task.FromCanceled(new CancellationToken(false)); }
catch (ArgumentOutOfRangeException e) { Console.WriteLine($"{e.GetType().Name} {e.ParamName}"); }
