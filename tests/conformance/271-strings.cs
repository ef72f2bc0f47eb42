// String and char APIs: splitting, trimming, comparing, building, searching, and the exceptions they throw.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

string s = "  Hello, World  ";
Console.WriteLine($"[{s.Trim()}][{s.TrimStart()}][{s.TrimEnd()}]{s.IndexOf('o')} {s.LastIndexOf("o")} {s.IndexOf("zz")} {s.Contains("World")} {s.Trim().StartsWith("He")} {s.Replace("l", "L")} {s.Trim().Substring(7, 3)} {s.Trim()[^1]} {s.Trim()[1..4]} {s.Length}");
Console.WriteLine(string.Join("|", "a,b,,c".Split(',')) + " " + string.Join("|", "a,b,,c".Split(',', StringSplitOptions.RemoveEmptyEntries)) + " " + string.Join("|", " a ; b ".Split(';', StringSplitOptions.TrimEntries)) + " " + string.Join("|", "a1b2c".Split('1', '2')) + " " + string.Join("|", "a--b".Split("--")) + " " + string.Join("|", "a b\tc".Split((char[]? )null)) + " " + string.Join("|", "a,b,c".Split(',', 2)));
Console.WriteLine("abc".PadLeft(5) + "|" + "abc".PadRight(5, '.') + "|" + "abc".Insert(1, "XX") + "abcdef".Remove(2, 2) + "abc".Remove(1) + new string ('z', 3) + string.Concat("a", 1, null, 'c') + "abc".ToUpper() + "ABC".ToLowerInvariant() + "a".CompareTo("b") + string.Compare("a", "B", StringComparison.OrdinalIgnoreCase) + string.CompareOrdinal("a", "B") + "x".Equals("X", StringComparison.OrdinalIgnoreCase));
Console.WriteLine($"{string.IsNullOrEmpty("")} {string.IsNullOrWhiteSpace(" \t")} {"abc".Reverse().ToArray().Length} {new string ("abc".Reverse().ToArray())} {"a-b".IndexOfAny(new[] { '-', 'b' })} {"aXbX".TrimEnd('X')} {"xxaxx".Trim('x')} {string.Join(",", "hello".Distinct())} {"hello".Count(c => c == 'l')} {"b" + null + "c"} {"tEST"[0]} {char.ToUpper('q')} {"é".Length} {"\u0041\x42\t|"}");
Console.WriteLine($"{char.IsDigit('5')} {char.IsLetter('x')} {char.IsWhiteSpace(' ')} {char.IsUpper('a')} {char.IsPunctuation('!')} {char.GetNumericValue('7')} {(char)('a' + 1)} {'a' < 'b'} {char.IsLetterOrDigit('_')} {char.IsAsciiHexDigit('f')} {char.IsSymbol('+')} {char.IsControl('\n')} {(int)char.MaxValue} {char.ToString('c')} {'x'.CompareTo('z')} {char.Parse("k")} {char.IsSurrogate('a')} {char.IsBetween('c', 'a', 'd')}");
var sb = new System.Text.StringBuilder("start");
sb.Append(1).Append('c').Append(2.5).Append(true).AppendLine().AppendFormat("{0:D3}-{1}", 7, "x").Insert(0, ">>").Replace("start", "S").Remove(0, 1).AppendJoin(",", 1, 2).Append("abc", 1, 2).Append('z', 3);
Console.WriteLine(sb.ToString().Replace("\n", "\\n").Replace("\r", "") + sb.Length);
sb[0] = '!';
sb.Length = 3;
Console.WriteLine(sb);
sb.Clear();
Console.WriteLine(sb.Length + "|" + sb.Append($"i{5:00}").ToString());
Console.WriteLine(sb.Equals(new System.Text.StringBuilder("i05")));
foreach (var a in new Action[]
{
    () => "abc".Substring(5),
    () => "abc".Substring(1, 5),
    () => _ = "abc"[3],
    () => int.Parse("x"),
    () => int.Parse(""),
    () => int.Parse("99999999999"),
    () => int.Parse(null!),
    () => "a".Insert(3, "b"),
    () => "abc".Remove(7),
    () => string.Format("{1}", 1),
    () => string.Format("{0", 1),
    () => _ = new string ('a', -1),
    () => "a".PadLeft(-1),
    () => double.Parse("1.2.3"),
    () => bool.Parse("maybe"),
    () => char.Parse("ab"),
    () => "abc".IndexOf('a', 9),
    () => Guid.Parse("zz"),
    () => Enum.Parse<DayOfWeek>("Foo"),
    () => Convert.ToInt32("1a"),
    () => byte.Parse("256"),
    () => decimal.Parse("abc"),
    () => _ = "abc".Split(',', -1),
    () => "x".Replace("", "y"),
    () => string.Join(",", (string[])null!),
    () => long.Parse("-"),
    () => TimeSpan.Parse("25:61:00"),
    () => Convert.FromBase64String("a")
}

)
    try
    {
        a();
        Console.WriteLine("fine");
    }
    catch (Exception e)
    {
        Console.WriteLine($"{e.GetType().Name}: {e.Message.ReplaceLineEndings("|")}");
    }

Console.WriteLine(string.Join(" ", "b,a;c".Split(',', ';').Order()) + " " + "Hello".Aggregate(0, (h, c) => h * 31 + c) + " " + string.Equals(null, null) + ("a" + "b" == "ab") + ReferenceEquals("ab", "a" + "b") + string.Empty.Length + "abc".Contains('B', StringComparison.OrdinalIgnoreCase) + "a\"b\\c" + @"c:\x""y" + """r"aw""" + "z".EndsWith('z') + "abcabc".LastIndexOf('a') + "x=1".IndexOf('=') + "tab\there" + nameof(Console.WriteLine) + "trim\r\n".TrimEnd());
Console.WriteLine("a😀b".Length + " " + "ß".ToUpperInvariant() + " " + "İ".ToLowerInvariant().Length + " " + "abc".GetHashCode().Equals("abc".GetHashCode()) + " " + "Straße".Contains("ss", StringComparison.Ordinal) + " " + "line1\nline2\r\nline3".Split('\n').Length + " " + string.Join("", "abc".Select((c, i) => $"{i}{c}")) + " " + "abc".ToCharArray().Length + " " + "a,b".Replace(',', ';') + " " + "aaa".Replace("aa", "b") + " " + " " + "A".ToLower()[0] + " " + "ABC".StartsWith("ab", true, null));
