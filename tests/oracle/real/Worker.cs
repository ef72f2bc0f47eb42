using System;
using System.IO;
using System.Reflection;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

// The process in which compiled programs run. It takes lines "FILE.dll <tab> FILE.out" and answers each with how the
// program ended. A program that ends the process or never ends is the reason why this is a process of its own.
static class Worker
{
    private const int LimitMilliseconds = 60_000;

    public static int Loop()
    {
        TextWriter answers = Console.Out;
        while (Console.ReadLine() is string line)
        {
            string[] parts = line.Split('\t');
            string answer = Run(parts[0], parts[1]);
            answers.WriteLine(answer);
            answers.Flush();
            if (answer == "deadlock")
            {
                Environment.Exit(0); // its threads are still there
            }
        }
        return 0;
    }

    private static string Run(string dll, string printed)
    {
        using var stream = new FileStream(printed, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        var writer = new StreamWriter(stream, new UTF8Encoding(false)) { AutoFlush = true };
        Console.SetOut(writer);
        Console.SetIn(TextReader.Null);
        string answer = "deadlock";
        var thread = new Thread(() => answer = Call(Assembly.LoadFile(dll).EntryPoint!), 8 << 20);
        thread.IsBackground = true;
        thread.UnsafeStart();
        thread.Join(LimitMilliseconds);
        return answer;
    }

    private static string Call(MethodInfo entry)
    {
        object?[] arguments = entry.GetParameters().Length == 0 ? [] : [Array.Empty<string>()];
        try
        {
            object? result = entry.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
            return $"ended {(result is int code ? code : Environment.ExitCode)}";
        }
        catch (Exception e)
        {
            return e.Message.Length == 0 ? $"unhandled {e.GetType()}" : $"unhandled {e.GetType()}: {FirstLine(e.Message)}";
        }
    }

    private static string FirstLine(string text) => text.Split('\n')[0];
}
