using System;
using System.Threading;
using System.Threading.Tasks;

Task faulted = Task.FromException(new InvalidOperationException("broken"));
Task canceled = Task.FromCanceled(new CancellationToken(true));
Report("Wait faulted", () => faulted.Wait());
Report("GetResult faulted", () => faulted.GetAwaiter().GetResult());
Report("Wait canceled", () => canceled.Wait());
Report("GetResult canceled", () => canceled.GetAwaiter().GetResult());
Task.CompletedTask.Wait();
Console.WriteLine("completed Wait returns");

static void Report(string what)
{
    try { action(); }
    catch (AggregateException e)
    {
        Console.WriteLine($"{what}: AggregateException of {e.InnerException!.GetType().Name}: {e.InnerException.Message}");
    }
    catch (Exception e)
    {
        Console.WriteLine($"{what}: {e.GetType().Name}: {e.Message}");
    }
}
