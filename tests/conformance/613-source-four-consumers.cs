// One reusable source, consumed by await, ConfigureAwait, AsTask and Preserve, with each outcome.
using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var op = new Operation();
await Run("value", o => o.SetResult(1));
await Run("error", o => o.SetException(new TimeoutException()));
await Run("cancel", o => o.SetException(new OperationCanceledException()));
Console.WriteLine($"versions {op.Version}");

async Task Run(string name, Action<Operation> complete)
{
    for (int how = 0; how < 4; how++)
    {
        ValueTask<int> task = op.Start();
        Console.Write($"{name} {how}: {task.IsCompleted} ");
        Task<string> consumer = how switch
        {
            0 => Await(task),
            1 => AwaitConfigured(task),
            2 => AwaitTask(task.AsTask()),
            _ => AwaitTask(task.Preserve().AsTask()),
        };
        complete(op);
        Console.WriteLine(await consumer);
    }
}

static async Task<string> Await(ValueTask<int> t) { try { return $"{await t}"; } catch (Exception e) { return e.GetType().Name; } }
static async Task<string> AwaitConfigured(ValueTask<int> t) { try { return $"{await t.ConfigureAwait(false)}"; } catch (Exception e) { return e.GetType().Name; } }
static async Task<string> AwaitTask(Task<int> t) { try { return $"{await t} {t.Status}"; } catch (Exception e) { return $"{e.GetType().Name} {t.Status}"; } }

class Operation : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    public short Version => _core.Version;
    public ValueTask<int> Start() => new(this, _core.Version);
    public void SetResult(int n) => _core.SetResult(n);
    public void SetException(Exception e) => _core.SetException(e);
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short token, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, token, f);
    public int GetResult(short token) { try { return _core.GetResult(token); } finally { _core.Reset(); } }
}
