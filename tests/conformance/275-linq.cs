// LINQ breadth: grouping, joining, ordering, set operators, chunks, zips, query syntax, deferred execution.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var people = new[]
{
    ("Ann", 30, "NY"),
    ("Bob", 25, "LA"),
    ("Cid", 30, "LA"),
    ("Dee", 41, "NY"),
    ("Eve", 25, "SF")
}.Select(t => new { Name = t.Item1, Age = t.Item2, City = t.Item3 }).ToList();
foreach (var g in people.GroupBy(p => p.City).OrderBy(g => g.Key))
    Console.Write($"{g.Key}:{string.Join("+", g.Select(p => p.Name))} ");
Console.WriteLine();
Console.WriteLine(string.Join(" ", people.GroupJoin(new[] { ("NY", 1), ("NY", 2) }, p => p.City, x => x.Item1, (p, xs) => p.Name + xs.Count())));
Console.WriteLine(string.Join(",", people.OrderBy(p => p.Age).ThenByDescending(p => p.Name).Select(p => p.Name)) + " " + people.Max(p => p.Age) + people.MinBy(p => p.Age)!.Name + people.Average(p => p.Age) + people.Sum(p => (decimal)p.Age) + " " + people.Any(p => p.Age > 40) + people.All(p => p.Age > 40) + people.Count(p => p.City == "LA") + people.FirstOrDefault(p => p.Age > 99)?.Name + people.Last().Name + people.DistinctBy(p => p.City).Count());
int[] n =
{
    5,
    1,
    4,
    1,
    3
};
Console.WriteLine(string.Join(",", n.Distinct()) + " " + string.Join(",", n.Union(new[] { 9, 5 })) + " " + string.Join(",", n.Intersect(new[] { 1, 4 })) + " " + string.Join(",", n.Except(new[] { 1 })) + " " + string.Join(",", n.Concat(new[] { 7 })) + " " + string.Join(",", n.Skip(1).Take(2)) + " " + string.Join(",", n.SkipLast(2)) + " " + string.Join(",", n.TakeLast(2)) + " " + string.Join("|", n.Chunk(2).Select(c => string.Join("", c))) + " " + string.Join(",", n.Zip("abc")) + " " + string.Join(",", n.Append(0).Prepend(8)) + " " + string.Join(",", n.Reverse()) + " " + string.Join(",", n.Order()) + string.Join(",", n.OrderDescending()) + " " + n.Aggregate(1, (a, b) => a * b) + n.Aggregate("", (a, b) => a + b, a => a.Length) + " " + n.SequenceEqual(new[] { 5, 1, 4, 1, 3 }) + n.Contains(4) + n.ElementAt(4) + n.ElementAtOrDefault(99) + string.Join(",", n.DefaultIfEmpty()) + string.Join(",", new int[0].DefaultIfEmpty(-1)) + " " + string.Join(",", n.Select((x, i) => x * i)) + " " + string.Join(",", n.Where((x, i) => i % 2 == 0)) + " " + string.Join(",", n.TakeWhile(x => x != 4)) + string.Join(",", n.SkipWhile(x => x != 4)) + " " + string.Join(",", n.Index().Take(2)) + " " + n.CountBy(x => x).First());
Console.WriteLine(string.Join(",", new[] { new[] { 1, 2 }, new[] { 3 } }.SelectMany(x => x)) + " " + string.Join(",", new object[] { 1, "a", 2, null! }.OfType<int>()) + " " + n.ToLookup(x => x % 2)[1].Count() + " " + n.ToHashSet().Count + " " + string.Join(",", Enumerable.Repeat("z", 3)) + Enumerable.Empty<int>().Count() + " " + new[] { 1.5, 2.5 }.Sum() + new int? [] { 1, null, 3 }.Sum() + new int? [] { 1, null, 3 }.Average() + new int? [0].Max() + "|" + new[] { "bb", "a" }.Max() + n.Min() + n.Single(x => x == 5) + n.SingleOrDefault(x => x == 77) + n.LongCount() + n.TryGetNonEnumeratedCount(out int c2) + c2 + " " + string.Join(",", n.ExceptBy(new[] { 0 }, x => x % 2)) + string.Join(",", n.UnionBy(new[] { 8 }, x => x % 2)) + " " + n.MaxBy(x => -x) + " " + string.Join(",", n.Cast<object>().Skip(1)) + " " + string.Join(";", people.ToDictionary(p => p.Name, p => p.Age).Where(kv => kv.Value > 29).Select(kv => kv.Key)));
int calls = 0;
var lazy = n.Select(x =>
{
    calls++;
    return x;
}).Where(x => x > 1);
Console.Write(calls);
_ = lazy.First();
Console.Write(calls);
_ = lazy.ToList();
Console.Write(calls);
_ = lazy.Any();
Console.WriteLine(calls);
var src = new List<int>
{
    1
};
var later = src.Select(x => x * 2);
src.Add(2);
Console.WriteLine(string.Join(",", later));
Console.WriteLine(people.First());
Console.WriteLine(n.GroupBy(x => x, (k, xs) => k * xs.Count()).Sum() + " " + string.Join(",", n.Select(x => (x, x * x)).Where(t => t.Item2 > 5).Select(t => t.x)) + n.GetType().Name + n.Select(x => x).GetType().Name.Length.CompareTo(0));
Console.WriteLine(string.Join(",", new[] { "b", "A", "a", "B" }.OrderBy(x => x, StringComparer.Ordinal)) + string.Join(",", new[] { "b", "A", "a", "B" }.OrderBy(x => x, StringComparer.OrdinalIgnoreCase)) + string.Join(",", new[] { "b", "A", "a" }.Order()));
