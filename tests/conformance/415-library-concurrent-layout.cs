// Concurrent collections: bytes, and the order of enumeration that follows from their buckets.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

// One lock each, so that the number of processors does not matter.
static long Bytes(Action action)
{
    action();
    action();
    long before = GC.GetAllocatedBytesForCurrentThread();
    action();
    return GC.GetAllocatedBytesForCurrentThread() - before;
}
object? keep = null;
Console.WriteLine(Bytes(() => keep = new ConcurrentDictionary<int, int>(1, 31)) + " " + Bytes(() => keep = new ConcurrentDictionary<int, string>(2, 10)));
foreach (int count in new[] { 0, 1, 37, 38, 89, 90 })
    Console.Write(Bytes(() => { var d = new ConcurrentDictionary<int, int>(1, 31); for (int i = 0; i < count; i++) d.TryAdd(i, i); }) + " ");
Console.WriteLine();
foreach (int count in new[] { 0, 1, 32, 33, 97 })
    Console.Write(Bytes(() => { var q = new ConcurrentQueue<int>(); for (int i = 0; i < count; i++) q.Enqueue(i); }) + " ");
Console.WriteLine();
Console.WriteLine(Bytes(() => keep = new ConcurrentStack<int>()) + " " + Bytes(() => { var s = new ConcurrentStack<int>(); s.Push(1); }));
var words = new ConcurrentDictionary<string, int>();
foreach (string word in "the quick brown fox jumps over the lazy dog a b c d".Split(' ')) words.AddOrUpdate(word, 1, (_, n) => n + 1);
Console.WriteLine(string.Join(" ", words.Select(pair => pair.Key + pair.Value)));
var folded = new ConcurrentDictionary<string, int>(StringComparer.OrdinalIgnoreCase);
foreach (string word in "The THE Quick quick Fox".Split(' ')) folded.AddOrUpdate(word, 1, (_, n) => n + 1);
Console.WriteLine(string.Join(" ", folded.Select(pair => pair.Key + pair.Value)));
var numbers = new ConcurrentDictionary<int, int>(1, 31);
foreach (int n in new[] { 5, 100, 31, 62, 7, -1, 93, 36 }) numbers[n] = n;
Console.WriteLine(string.Join(" ", numbers.Keys));
for (int i = 0; i < 100; i += 3) numbers[i * 17] = i;
Console.WriteLine(string.Join(" ", numbers.Keys));
Console.WriteLine(Bytes(() => { foreach (var pair in numbers) { } }) + " " + Bytes(() => keep = numbers.Keys) + " " + Bytes(() => { numbers.GetOrAdd(5, 1); numbers[7] = 8; numbers.TryUpdate(7, 9, 8); }));
var queue = new ConcurrentQueue<int>(new[] { 1, 2, 3 });
Console.WriteLine(Bytes(() => { foreach (int n in queue) { } }) + " " + Bytes(() => keep = queue.ToArray()));
