using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

// The first 16 digits of what sha256sum says.
static class Hash
{
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}

// A table of programs and yes/no columns, printed while it grows; only rows with a "no" are worth a line.
sealed class Table(params string[] columns)
{
    private readonly int[] _equal = new int[columns.Length];
    private int _rows;

    public void Row(string name, params bool[] equal)
    {
        _rows++;
        for (int i = 0; i < equal.Length; i++)
        {
            _equal[i] += equal[i] ? 1 : 0;
        }
        if (!equal.All(e => e))
        {
            Console.WriteLine($"{name,-40} {string.Join("  ", columns.Zip(equal, (c, e) => $"{c}: {(e ? "equal" : "DIFFERENT")}"))}");
        }
    }

    public int Sum(string what)
    {
        Console.WriteLine($"real .NET {Environment.Version} on {RuntimeInformation.RuntimeIdentifier}: {_rows} {what}");
        for (int i = 0; i < columns.Length; i++)
        {
            Console.WriteLine($"  {columns[i],-10} {_equal[i],6} equal {_rows - _equal[i],6} different");
        }
        return _equal.All(e => e == _rows) ? 0 : 1;
    }
}

// How many random programs agreed, and which constructs they were made of.
sealed class Tally
{
    private readonly SortedDictionary<string, (int All, int Equal)> _features = new(StringComparer.Ordinal);
    private int _programs, _equal, _refused, _lines;
    private readonly List<ulong> _different = [];

    public void Count(ulong seed, string program, Outcome ours, Outcome truth)
    {
        bool equal = ours.Agrees(truth);
        _programs++;
        _equal += equal ? 1 : 0;
        _lines += truth.Printed.Count(c => c == '\n');
        if (truth.IsRefused)
        {
            _refused++;
            Console.WriteLine($"seed {seed} is no C#: {truth.End}");
        }
        if (!equal)
        {
            _different.Add(seed);
        }
        foreach (string feature in Generator.Features(program))
        {
            (int all, int same) = _features.GetValueOrDefault(feature);
            _features[feature] = (all + 1, same + (equal ? 1 : 0));
        }
    }

    public int Print()
    {
        Console.WriteLine();
        Console.WriteLine("| construct | programs | agree |");
        Console.WriteLine("| --- | ---: | ---: |");
        foreach ((string name, (int all, int same)) in _features)
        {
            Console.WriteLine($"| {name} | {all} | {same} |");
        }
        Console.WriteLine();
        Console.WriteLine($"real .NET {Environment.Version} on {RuntimeInformation.RuntimeIdentifier}: {_programs} programs, " +
            $"{_equal} agree, {_programs - _equal} differ, {_refused} are no C#; {_lines} lines compared");
        if (_different.Count > 0)
        {
            Console.WriteLine($"different: {string.Join(' ', _different)}");
        }
        return _equal == _programs ? 0 : 1;
    }
}

// The first lines in which two outcomes differ.
static class Difference
{
    private const int Shown = 6;

    public static void Show(Outcome ours, Outcome truth)
    {
        string[] left = (ours.Printed + ours.End).Split('\n'), right = (truth.Printed + truth.End).Split('\n');
        int shown = 0;
        for (int i = 0; i < Math.Max(left.Length, right.Length) && shown < Shown; i++)
        {
            string a = i < left.Length ? left[i] : "(nothing)", b = i < right.Length ? right[i] : "(nothing)";
            if (a != b)
            {
                shown++;
                Console.WriteLine($"  line {i + 1}: ours {a}");
                Console.WriteLine($"  line {i + 1}: real {b}");
            }
        }
    }
}
