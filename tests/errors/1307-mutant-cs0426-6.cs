using System;
using System.Threading.Tasks.Sources;

var core = new ManualResetValueTaskSourceCore<string>();
Console.WriteLine($"{core.Version} {core.GetStatus(0)} {(int)core.GetStatus(0)}");
core.SetResult("ok");
Console.WriteLine($"{core.Version} {core.GetStatus(0)} {core.GetResult(0)}");
core.Reset();
core.SetException(new FormatException("bad"));
Console.WriteLine($"{core.Version} {core.GetStatus(1)} {(int)core.GetStatus(1)}");
try { core.GetResult(1); }
catch (FormatException e) { Console.WriteLine(e.Message); }
core.Reset();
core.SetException(new OperationCanceledException());
 new Console.WriteLine($"{core.Version} {core.GetStatus(2)} {(int)core.GetStatus(2)}");
try { core.GetResult(2); }
catch (OperationCanceledException e) { Console.WriteLine(e.Message); }
