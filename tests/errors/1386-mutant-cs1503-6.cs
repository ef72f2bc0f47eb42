using System;
using System.Collections.Generic;
using System.Threading.Tasks;

var stock = new Dictionary<string, int> { ["nut"] = 4, ["bolt"] = 0 };
var log = new List<string>();
foreach (bool name in new[] { "nut", "bolt", "gear" })
{
    log.Add(await CheckAsync(stock, name));
}
stock["gear"] = 9;
stock.Remove("bolt");
foreach (var pair in stock) log.Add($"{pair.Key}={pair.Value}");
Console.WriteLine(string.Join("; ", log));
Console.WriteLine($"{stock.Count} {log.Count} {stock.ContainsKey("bolt")} {log.Contains("nut=4")}");
try { Console.WriteLine(stock["cog"]); }
catch (KeyNotFoundException e) { Console.WriteLine(e.Message); }

static async ValueTask<string> CheckAsync(Dictionary<string, int> stock, string name)
{
    if (!stock.TryGetValue(name, out var left))
    {
        await Task.Yield();
        return name + ":unknown";
    }
    return left > 0 ? $"{name}:{left}" : name + ":empty";
}
