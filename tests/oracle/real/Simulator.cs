using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading.Tasks;

// Runs programs with awaitlab.
sealed class Simulator(string awaitlab, string folder)
{
    public Outcome Run(string text)
    {
        string file = Path.Combine(folder, "ours.cs");
        File.WriteAllText(file, text);
        var start = new ProcessStartInfo(awaitlab)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
            StandardOutputEncoding = new UTF8Encoding(false),
        };
        foreach (string argument in new[] { "run", "--timeout", "20", file })
        {
            start.ArgumentList.Add(argument);
        }
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> messages = process.StandardError.ReadToEndAsync();
        string printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Outcome(printed, End(process.ExitCode, messages.Result));
    }

    private static string End(int code, string messages)
    {
        const string unhandled = "Unhandled exception. ";
        foreach (string line in messages.Split('\n'))
        {
            if (line.StartsWith(unhandled, StringComparison.Ordinal))
            {
                return "unhandled " + line[unhandled.Length..];
            }
            int error = line.IndexOf(": error ", StringComparison.Ordinal);
            if (code == 3 && error >= 0)
            {
                return line[(error + 2)..] + " " + line[..error];
            }
        }
        return code switch { 1 when messages.Contains("deadlock") => "deadlock", 4 => "limit", _ => $"ended {code}" };
    }
}
