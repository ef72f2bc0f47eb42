// Switch expressions over awaited values: type, property, relational, list and tuple patterns.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

foreach (object? x in new object? []
{
    1,
    -5,
    300,
    "hello",
    "",
    null,
    2.5,
    'q',
    new[]
    {
        1,
        2,
        3
    },
    new List<int>
    {
        9
    },
    (1, "t"),
    new P(3, 4),
    DayOfWeek.Sunday,
    true,
    10L
}

)
    Console.WriteLine($"{await Describe(x)}");
Console.WriteLine(await Grade(95) + await Grade(85) + await Grade(10));
try
{
    Console.WriteLine(await Strict(9));
}
catch (System.Runtime.CompilerServices.SwitchExpressionException e)
{
    Console.WriteLine(e.Message.ReplaceLineEndings("|") + e.UnmatchedValue);
}

static async Task<string> Describe(object? o)
{
    object? v = await Id(o);
    return v switch
    {
        null => "null",
        int n when n < 0 => $"negative {n}",
        int and > 100 => "big",
        int n => $"int {n}",
        string { Length: 0 } => "empty string",
        string s => $"string {s.ToUpperInvariant()}",
        int[] and [var h, .., var l] => $"array {h}..{l}",
        List<int> { Count: 1 } li => $"list {li[0]}",
        (int a, string b) => $"tuple {a}{b}",
        P (var px, var py) { X: > 0 } => $"point {px},{py}",
        DayOfWeek.Saturday or DayOfWeek.Sunday => "weekend",
        bool b => b ? "T" : "F",
        IFormattable f => "formattable " + f.ToString(null, null),
        not null and var other => "other " + other.GetType().Name,
    };
}

static async ValueTask<char> Grade(int g) => await Id(g) switch
{
    >= 90 => 'A',
    >= 80 and < 90 => 'B',
    _ => 'F'
};
static async Task<int> Strict(int i) => (await Id(i)) switch
{
    1 => 10,
    2 => 20
};
static async Task<T> Id<T>(T t)
{
    await Task.Yield();
    return t;
}

record P(int X, int Y);
