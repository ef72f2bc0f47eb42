static class Print
{
    public static string Error(Exception e)
    {
        string text = $"{e.GetType().Name}: {e.Message}";
        return e is AggregateException a ? $"{text} [{a.InnerExceptions.Count}]" : e.InnerException is { } inner ? $"{text} <- {inner.GetType().Name}" : text;
    }

    public static string Value(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        Task task => task.Status.ToString(),
        System.Collections.IEnumerable list => "[" + string.Join(" ", list.Cast<object?>().Select(Value)) + "]",
        double or float or decimal or char or bool or Enum => value.ToString()!,
        _ => value.ToString() ?? "",
    };

    public static void Do<T>(string name, Func<T> action)
    {
        try
        {
            Console.WriteLine($"{name} {Value(action())}");
        }
        catch (Exception e)
        {
            Console.WriteLine($"{name} {Error(e)}");
        }
    }

    public static void Do(string name, Action action)
    {
        try
        {
            action();
            Console.WriteLine($"{name} done");
        }
        catch (Exception e)
        {
            Console.WriteLine($"{name} {Error(e)}");
        }
    }

    // The bytes of the last of four times.
    public static void Bytes<T>(string name, Func<T> action)
    {
        long bytes = 0;
        for (int i = 0; i < 4; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Probe<T>.Kept = action();
            }
            catch (Exception)
            {
            }
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Console.WriteLine($"{name} {bytes} bytes");
    }

    public static void Bytes(string name, Action action) => Bytes<object?>(name, () => { action(); return null; });
}

static class Probe<T>
{
    public static T? Kept;
}
