var d = new Dictionary<string, List<int>> { ["a"] = new() { 1, 2 }, ["b"] = [3] };
foreach (var (k, v) in d) Console.WriteLine(k + v.Sum());
var q = d.Where(kv => kv.Value.Count > 1).Select(kv => new { kv.Key, Total = kv.Value.Sum() }).ToList();
Console.WriteLine(q[0].Key + q[0].Total);
