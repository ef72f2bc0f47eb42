// Patterns of all kinds, over awaited values too.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
// switch expressions and patterns over async results
foreach (var c in new[] { 1, 15, 30 }) Console.WriteLine(await Classify(c) switch { ("fizz", _) => "F", (_, "buzz") => "B", var (a, b) when a == b => "same " + a, { Item1: var x } => x });
static async Task<(string, string)> Classify(int n) { await Task.Yield(); return (n % 3 == 0 ? "fizz" : "x", n % 5 == 0 ? "buzz" : "x"); }
object o = new List<int> { 1, 2 };
Console.WriteLine(o is IList<int> { Count: > 1 } and [var first, ..] ? first : -1);
Console.WriteLine(DateTime.UnixEpoch switch { { Year: < 1970 } => "old", { Month: 1, Day: 1 } => "epoch", _ => "new" });
Console.WriteLine(Describe(null) + Describe(5) + Describe(-5) + Describe("") + Describe("abc") + Describe(new int[0]) + Describe(new[] { 1, 2, 3 }) + Describe(3.5) + Describe((1, 2)) + Describe(Color.Red) + Describe('x'));
static string Describe(object? o) => o switch { null => "null;", int i and > 0 => "pos;", int => "int;", "" => "empty;", string { Length: var l } => $"str{l};", int[] { Length: 0 } => "none;", int[] and [1, .. var mid, 3] => $"mid{mid.Length};", double and not (< 0 or > 100) => "dbl;", (int a, int b) => $"t{a + b};", Color.Red or Color.Blue => "color;", char c when char.IsLetter(c) => "letter;", _ => "?;" };
bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u';
Console.WriteLine("hello".Count(IsVowel));
if (o is not List<string> and List<int> li) Console.WriteLine(li.Count);
var p = new { Name = "n", Age = 5 };
Console.WriteLine(p is { Name: "n", Age: >= 5 and <= 10 });
switch (o)
{
    case List<int> { Count: 0 }: Console.WriteLine("e");
    break;
    case List<int> l when l.Sum() == 3: Console.WriteLine("three");
    break;
    default: Console.WriteLine("d");
    break;
}
enum Color { Red, Blue }
