using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var stream = new FakeStream();
Console.WriteLine(await Packet.ReadAsync(stream, 12));
try { Console.WriteLine(await Packet.ReadAsync(stream, 0)); }
catch (InvalidOperationException e) { Console.WriteLine("zero bytes: " + e.Message); }
Console.WriteLine(await Packet.ReadAsync(stream, 7));

static class Packet
{
    public static async Task<string> ReadAsync(FakeStream stream, int size)
    {
        ValueTask<int> read = stream.ReadAsync(size);
        if (read.IsCompletedSuccessfully)
        {
            int got = read.Result;
            if (got > 0) return $"fast {got}";
        }
        int slow = await read; // misuse: double-await (when the fast path saw 0)
        return $"slow {slow}";
    }
}

class FakeStream : IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _core;
    public ValueTask<decimal> ReadAsync(int n) { short t = _core.Version; _core.SetResult(n); return new ValueTask<int>(this, t); }
    public int GetResult(short token) { int r = _core.GetResult(token); _core.Reset(); return r; }
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
    public void OnCompleted(Action<object?> c, object? s, short t, ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f);
}
