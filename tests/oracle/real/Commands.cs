using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

static class Commands
{
    // Each recorded program has a fresh process: some set handlers for the whole process.
    public static int Conformance(string programs, string awaitlab, string[] names, string folder)
    {
        using var real = new RealRuntime(folder, programsPerWorker: 1);
        var simulator = new Simulator(awaitlab, folder);
        if (names.Length == 0)
        {
            names = Directory.GetFiles(programs, "*.cs").Select(f => Path.GetFileNameWithoutExtension(f)!).Order().ToArray();
        }
        var table = new Table("recorded", "awaitlab");
        foreach (string name in names)
        {
            string text = File.ReadAllText(Path.Combine(programs, name + ".cs"));
            string recorded = File.ReadAllText(Path.Combine(programs, name + ".out"));
            Outcome truth = real.Run(text), ours = simulator.Run(text);
            table.Row(name, recorded == truth.Printed && !truth.IsRefused, ours.Agrees(truth));
            if (recorded != truth.Printed || truth.IsRefused)
            {
                Difference.Show(new Outcome(recorded, "recorded"), truth);
            }
            if (!ours.Agrees(truth))
            {
                Difference.Show(ours, truth);
            }
        }
        return table.Sum("programs");
    }

    public static int Compare(string awaitlab, string[] files, string folder)
    {
        using var real = new RealRuntime(folder, programsPerWorker: 1);
        var simulator = new Simulator(awaitlab, folder);
        int different = 0;
        foreach (string file in files)
        {
            string text = File.ReadAllText(file);
            Outcome truth = real.Run(text), ours = simulator.Run(text);
            Console.WriteLine($"{file}: {(ours.Agrees(truth) ? "equal" : "DIFFERENT")} ({truth.End})");
            if (!ours.Agrees(truth))
            {
                different++;
                Difference.Show(ours, truth);
            }
        }
        return different == 0 ? 0 : 1;
    }

    // What real .NET prints for one program.
    public static int Print(string file, string folder)
    {
        using var real = new RealRuntime(folder, programsPerWorker: 1);
        Outcome truth = real.Run(File.ReadAllText(file));
        Console.Write(truth.Printed);
        Console.Error.WriteLine(truth.End);
        return truth.IsRefused ? 1 : 0;
    }

    public static int Random(string awaitlab, string generator, ulong seed, ulong count, int shrinks, string differences, string folder)
    {
        using var real = new RealRuntime(folder, programsPerWorker: 250);
        var simulator = new Simulator(awaitlab, folder);
        var source = new Generator(generator);
        var tally = new Tally();
        Directory.CreateDirectory(differences);
        for (ulong i = seed; i < seed + count; i++)
        {
            string text = source.Program(i);
            Outcome truth = real.Run(text), ours = simulator.Run(text);
            tally.Count(i, text, ours, truth);
            if (!ours.Agrees(truth) && shrinks-- > 0)
            {
                Report(i, source, simulator, real, ours, truth, differences);
            }
            else if (!ours.Agrees(truth))
            {
                Console.WriteLine($"seed {i} differs");
                Difference.Show(ours, truth);
            }
        }
        return tally.Print();
    }

    private static void Report(ulong seed, Generator source, Simulator simulator, RealRuntime real, Outcome ours, Outcome truth, string differences)
    {
        bool StillDiffers(string text)
        {
            Outcome a = simulator.Run(text);
            if (a.IsRefused != ours.IsRefused)
            {
                return false;
            }
            Outcome b = real.Run(text);
            return b.IsRefused == truth.IsRefused && (b.End == "deadlock") == (truth.End == "deadlock") &&
                (a.Printed == b.Printed) == (ours.Printed == truth.Printed) && !a.Agrees(b);
        }
        Console.WriteLine($"seed {seed} differs");
        string small = new Shrinker(source, StillDiffers).Shrink(seed);
        string file = Path.Combine(differences, $"{seed}.cs");
        File.WriteAllText(file, small);
        Outcome left = simulator.Run(small), right = real.Run(small);
        File.WriteAllText(Path.ChangeExtension(file, ".ours"), left.Printed + left.End + "\n");
        File.WriteAllText(Path.ChangeExtension(file, ".real"), right.Printed + right.End + "\n");
        Difference.Show(left, right);
        Console.WriteLine($"  {file}, {small.Split('\n').Length} lines");
    }

    // COUNT programs on which both sides agree, for tests/oracle/corpus_test: seed, hash of the program, hash of what it prints.
    public static int Record(string awaitlab, string generator, ulong seed, int count, string folder)
    {
        using var real = new RealRuntime(folder, programsPerWorker: 250);
        var simulator = new Simulator(awaitlab, folder);
        var source = new Generator(generator);
        for (ulong i = seed; count > 0; i++)
        {
            string text = source.Program(i);
            Outcome truth = real.Run(text);
            if (truth.End == "ended 0" && simulator.Run(text).Agrees(truth))
            {
                Console.WriteLine($"{i} {Hash.Of(text)} {Hash.Of(truth.Printed)}");
                count--;
            }
        }
        return 0;
    }
}
