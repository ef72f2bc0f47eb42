using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

// The generator of random programs, asked through its command line.
sealed class Generator(string program)
{
    // One removable piece of a program: pieces number..end-1 lie inside it.
    public readonly record struct Piece(int Number, int End);

    public string Program(ulong seed, IEnumerable<int> dropped, IEnumerable<int> unwrapped) =>
        Ask("--seed", seed.ToString(), "--drop", string.Join(',', dropped), "--unwrap", string.Join(',', unwrapped));

    public string Program(ulong seed) => Ask("--seed", seed.ToString());

    // The first line of a program names what is in it.
    public static string[] Features(string program) =>
        program[(program.IndexOf(':') + 1)..program.IndexOf('\n')].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public List<Piece> Pieces(ulong seed) =>
        Ask("--seed", seed.ToString(), "--pieces").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ')).Select(p => new Piece(int.Parse(p[0]), int.Parse(p[1]))).ToList();

    private string Ask(params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        using Process process = Process.Start(start)!;
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? answer : throw new InvalidOperationException($"{program} failed");
    }
}
