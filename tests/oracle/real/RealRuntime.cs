using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

// Runs programs on the real runtime: each in a process of its own as `dotnet program.dll` does, or, some forty times as
// fast, in a worker process that is replaced when a program took it down and after every so many programs.
//
// The runtime runs as it does for a short program at a terminal: user code as the first-tier JIT makes it, the library
// precompiled. Counting calls is off in the worker, because it would compile what is called often once more, with other
// inlining, and stack traces (bytes!) would depend on how many programs ran before.
sealed class RealRuntime(string folder, int programsPerWorker) : IDisposable
{
    private const int LimitMilliseconds = 60_000;

    private readonly Compiler _compiler = new();
    private Process? _worker;
    private int _runs;

    public Outcome Run(string text)
    {
        string dll = Path.Combine(folder, $"program{_runs++}.dll");
        string printed = Path.ChangeExtension(dll, ".out");
        try
        {
            string? error = _compiler.Compile(text, dll);
            if (error is not null)
            {
                return new Outcome("", error);
            }
            return programsPerWorker == 1 ? RunAlone(dll) : RunInWorker(dll, printed);
        }
        finally
        {
            File.Delete(dll);
            File.Delete(printed);
        }
    }

    private static Outcome RunAlone(string dll)
    {
        string configuration = Path.ChangeExtension(typeof(RealRuntime).Assembly.Location, ".runtimeconfig.json");
        using Process process = Start("exec", "--runtimeconfig", configuration, dll);
        process.StandardInput.Close();
        Task<string> messages = process.StandardError.ReadToEndAsync();
        Task<string> printed = process.StandardOutput.ReadToEndAsync();
        bool ended = process.WaitForExit(LimitMilliseconds);
        if (!ended)
        {
            process.Kill();
        }
        return new Outcome(printed.Result, ended ? End(process.ExitCode, messages.Result) : "deadlock");
    }

    // When the worker dies, it may have been because of what an earlier program left behind; so the program runs again,
    // alone, and that is its outcome.
    private Outcome RunInWorker(string dll, string printed)
    {
        if (_runs % programsPerWorker == 0)
        {
            Dispose();
        }
        string? answer = null;
        try
        {
            _worker ??= Start(typeof(RealRuntime).Assembly.Location, "worker");
            _worker.StandardInput.WriteLine($"{dll}\t{printed}");
            answer = _worker.StandardOutput.ReadLine();
        }
        catch (IOException)
        {
        }
        if (answer is null or "deadlock")
        {
            Dispose();
        }
        return answer is null ? RunAlone(dll) : new Outcome(File.ReadAllText(printed), answer);
    }

    private static string End(int code, string messages)
    {
        const string prefix = "Unhandled exception. ";
        foreach (string line in messages.Split('\n'))
        {
            if (line.StartsWith(prefix, StringComparison.Ordinal))
            {
                return "unhandled " + line[prefix.Length..];
            }
        }
        return $"ended {code}";
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        start.Environment["DOTNET_TC_CallCounting"] = "0";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return Process.Start(start)!;
    }

    public void Dispose()
    {
        if (_worker is Process worker)
        {
            _worker = null;
            if (!worker.HasExited)
            {
                worker.Kill();
            }
            worker.Dispose();
        }
    }
}
