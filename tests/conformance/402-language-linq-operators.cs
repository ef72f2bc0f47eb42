// The common operators of LINQ to objects.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
var numbers = new[] { 5, 3, 8, 1, 9, 2 };
Console.WriteLine(string.Join(",", numbers.Where(n => n > 2).OrderBy(n => n).Select(n => n * 10)));
Console.WriteLine(numbers.Sum() + " " + numbers.Average() + " " + numbers.Min() + " " + numbers.Max() + " " + numbers.Count(n => n % 2 == 1));
Console.WriteLine(string.Join(",", numbers.OrderByDescending(n => n).Take(3)) + " " + string.Join(",", numbers.Skip(2).SkipLast(1)));
Console.WriteLine(numbers.First() + " " + numbers.Last() + " " + numbers.FirstOrDefault(n => n > 100) + " " + numbers.Single(n => n == 8));
Console.WriteLine(numbers.Any(n => n == 9) + " " + numbers.All(n => n > 0) + " " + numbers.Contains(3));
foreach (var g in numbers.GroupBy(n => n % 2 == 0 ? "even" : "odd")) Console.WriteLine($"{g.Key}: {string.Join(" ", g)}");
Console.WriteLine(string.Join(",", numbers.Zip(new[] { "a", "b", "c" }, (n, s) => n + s)));
Console.WriteLine(string.Join(",", numbers.Select((n, i) => $"{i}:{n}")));
Console.WriteLine(numbers.Aggregate((a, b) => a * b) + " " + numbers.Aggregate(10, (a, b) => a + b) + " " + numbers.Aggregate("", (a, b) => a + b, s => s.Length));
var words = new List<string> { "apple", "banana", "cherry", "avocado" };
var lookup = words.ToLookup(w => w[0]);
foreach (var g in lookup) Console.WriteLine(g.Key + "=" + g.Count());
var dict = words.ToDictionary(w => w, w => w.Length);
Console.WriteLine(string.Join(";", dict.Select(kv => $"{kv.Key}:{kv.Value}")));
Console.WriteLine(string.Join(",", words.SelectMany(w => w.Take(2))));
Console.WriteLine(string.Join(",", Enumerable.Range(1, 5).Concat(Enumerable.Repeat(7, 2)).Reverse().Distinct()));
Console.WriteLine(string.Join("|", Enumerable.Range(1, 7).Chunk(3).Select(c => string.Join("+", c))));
Console.WriteLine(words.MaxBy(w => w.Length) + " " + words.MinBy(w => w.Length));
Console.WriteLine(string.Join(",", words.OrderBy(w => w.Length).ThenByDescending(w => w)));
Console.WriteLine(string.Join(",", words.TakeWhile(w => w != "cherry")) + " " + string.Join(",", words.SkipWhile(w => w != "cherry")));
Console.WriteLine(string.Join(",", new object[] { 1, "a", 2.5, "b" }.OfType<string>()) + string.Join(",", new object[] { 1, 2 }.Cast<int>()));
Console.WriteLine(new[] { 1, 2, 3 }.SequenceEqual(new List<int> { 1, 2, 3 }) + " " + new int[0].DefaultIfEmpty(42).First());
Console.WriteLine(string.Join(",", new[] { 1, 2, 3 }.Union(new[] { 3, 4 })) + " " + string.Join(",", new[] { 1, 2, 3 }.Intersect(new[] { 3, 4 })) + " " + string.Join(",", new[] { 1, 2, 3 }.Except(new[] { 3, 4 })));
Console.WriteLine(string.Join(",", new[] { 1, 2 }.Append(3).Prepend(0)) + " " + new[] { 4, 5, 6 }.ElementAt(1) + " " + new[] { 4, 5, 6 }.ElementAt(^1) + " " + new[] { 4, 5, 6 }.ElementAtOrDefault(9));
try { new int[0].First(); } catch (InvalidOperationException e) { Console.WriteLine(e.Message); }
try { new[] { 1, 2 }.Single(); } catch (InvalidOperationException e) { Console.WriteLine(e.Message); }
var hs = words.ToHashSet(); Console.WriteLine(hs.Count);
Console.WriteLine(string.Join(",", new[] { 1, 2, 3, 4 }.DistinctBy(x => x % 2)) + string.Join(",", words.ExceptBy(new[] { 5 }, w => w.Length)));
Console.WriteLine(string.Join(",", numbers.Order()) + " " + string.Join(",", numbers.OrderDescending()) + " " + string.Join(",", words.CountBy(w => w.Length).Select(k => k.Key + "=" + k.Value)));
foreach (var (index, item) in words.Index()) Console.Write($"{index}{item} ");
Console.WriteLine();
