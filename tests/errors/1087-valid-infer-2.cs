var r = new[] { 1, 2, 3, 4 }.GroupBy(x => x % 2).ToDictionary(g => g.Key, g => g.ToList());
Console.WriteLine(r[0].Count);
var s = Enumerable.Range(0, 5).Select((x, i) => (x, i)).OrderByDescending(t => t.x).ThenBy(t => t.i).First();
Console.WriteLine(s.x);
