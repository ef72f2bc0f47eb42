// Interpolation and formatting of common types, with awaits inside the holes.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var o = new Order
{
    Id = 7,
    Name = "Widget",
    Price = 12.5m,
    Count = 3L,
    When = new DateTime(2024, 2, 29, 13, 5, 9)
};
Console.WriteLine($"{o.Id, 6}|{o.Id, -6}|{o.Id:D3}|{o.Id:X2}|{o.Name, 10}|{o.Name, -10}|{o.Price:F2}|{o.Price, 8:0.0}|{o.Count:N0}");
Console.WriteLine($"{o.When:yyyy-MM-dd HH:mm:ss}|{o.When:d}|{o.When:o}|{o.When}");
Console.WriteLine($"{await V(5):D4} {await V(6), 5} {(await V(1) > 0 ? "yes" : "no")} {{literal}} {o?.Name?.Length ?? -1}");
Console.WriteLine($"{1234567.891:N2} {0.125:P1} {1e10:E3} {12345:#,##0.00} {-5:+0;-0;zero} {0:+0;-0;zero} {255:x8} {3.0} {1.0 / 3}");
Console.WriteLine($"{'c'} {true} {null} {DayOfWeek.Friday} {DayOfWeek.Friday:D} {TimeSpan.FromMinutes(90.5)} {new int[0].Length} {(1, "a")} {typeof(Order)}");
char grade = o.Price switch
{
    < 5 => 'C',
    < 10 => 'B',
    _ => 'A'
};
Console.WriteLine($@"path\{grade}\""q"" {o.Id}");
Console.WriteLine($"""raw {o.Id} "quoted" """);
Console.WriteLine($$"""{"id": {{o.Id}}, "n": "{{o.Name}}"}""");
string multi = """
    line one
      indented
    last
    """;
Console.WriteLine(multi.Replace("\r", ""));
Console.WriteLine(string.Format("{0,-5}|{1,5:F1}|{0}", "ab", 2.25));
Console.WriteLine($"{o.Total:C}|{o.Total:G}|{1.10m + 2.20m}|{2.50m * 2}");
Console.WriteLine(string.Join("; ", new object? [] { 1, "two", null, 3.5, 'x', o }));
static async Task<int> V(int n)
{
    await Task.Yield();
    return n;
}

class Order
{
    public int Id { get; set; }
    public string? Name { get; init; }

    public decimal Price;
    public long Count { get; set; } = 1;

    public DateTime When;
    public decimal Total => Price * Count;

    public override string ToString() => $"#{Id}";
}
