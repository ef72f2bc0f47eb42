// ToString and stack traces of exceptions, thrown by hand and through await.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
// exceptions ToString with stack traces
try { A(); }
catch (Exception e) { Console.WriteLine(string.Join("|", e.ToString().Split('\n').Select(l => l.Trim().Split(" in ")[0]))); }
static void A() { try { B(1); } catch (ArgumentException e) { throw new InvalidOperationException("outer", e); } }
static void B(int x) => throw new ArgumentException("inner", nameof(x));
try { await C(); }
catch (Exception e) { Console.WriteLine(string.Join("|", e.StackTrace!.Split('\n').Select(l => l.Trim().Split(" in ")[0]))); }
static async Task C() { await Task.Yield(); await D(); }
static async Task D() { await Task.Yield(); throw new TimeoutException(); }
try { await Task.WhenAll(Task.FromException(new Exception("1")), Task.FromException(new Exception("2"))); }
catch (Exception e) { Console.WriteLine(e.Message); }
var agg = new AggregateException("m", new Exception("a"), new InvalidOperationException("b"));
Console.WriteLine(agg.ToString().Replace("\r", ""));
try { try { throw new Exception("first"); } finally { Console.WriteLine("fin"); } }
catch (Exception e) when (Log(e)) { }
catch { Console.WriteLine("caught"); }
static bool Log(Exception e) { Console.WriteLine("filter " + e.Message); return false; }
var edi = System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(new Exception("edi"));
try { edi.Throw(); }
catch (Exception e) { Console.WriteLine(e.Message); }
Console.WriteLine(new ArgumentOutOfRangeException("p", 5, "msg").Message + new ArgumentNullException("q").Message + new ObjectDisposedException("obj").Message + new KeyNotFoundException().Message + new InvalidCastException().Message + new OverflowException().Message + new AggregateException().Message + new IOEx().Message);
class IOEx : System.IO.IOException { }
