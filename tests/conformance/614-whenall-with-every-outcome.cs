// WhenAll and WhenAny over workers that succeed, fail and are canceled.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

var gates = Enumerable.Range(0, 4).Select(_ => new TaskCompletionSource<int>()).ToArray();
var log = new List<string>();
Task all = Task.WhenAll(gates.Select((g, i) => Worker(g.Task, i)).ToArray());
gates[2].SetResult(20);
gates[0].SetException(new FormatException("zero"));
gates[3].SetCanceled();
Console.WriteLine($"{all.Status} {string.Join(",", log)}");
gates[1].SetResult(10);
Console.WriteLine($"{all.Status} {string.Join(",", log)} {all.Exception!.InnerExceptions.Count}");
try { await all; } catch (Exception e) { Console.WriteLine($"{e.GetType().Name} {e.Message}"); }
Task<Task<int>> any = Task.WhenAny(gates.Select(g => g.Task));
Console.WriteLine($"{any.Status} {Array.IndexOf(gates, gates.First(g => g.Task == any.Result))}");
foreach (var done in gates.Select(g => g.Task).OrderBy(t => t.Status).ThenBy(t => t.IsCompletedSuccessfully ? t.Result : 0))
    Console.WriteLine($"{done.Status} {(done.IsCompletedSuccessfully ? done.Result : -1)}");
Task<int[]> values = Task.WhenAll(gates[1].Task, gates[2].Task);
Console.WriteLine(string.Join(" ", await values));
Task empty = Task.WhenAll(new List<Task>());
Console.WriteLine($"{empty.IsCompleted} {(await Task.WhenAll(new Task<int>[0])).Length}");

async Task<int> Worker(Task<int> gate, int i)
{
    try { int n = await gate; log.Add($"{i}:{n}"); return n; }
    catch (OperationCanceledException) { log.Add($"{i}:canceled"); return -1; }
    finally { log.Add($"{i}."); }
}
