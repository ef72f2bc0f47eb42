using System;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

var feed = new Feed();
ValueTask<string> read = feed.ReadAsync();
var beat = new TaskCompletionSource();
Task<Task> turn = Task.WhenAny(read.AsTask(), beat.Task);
beat.SetResult();
Console.WriteLine("heartbeat won: " + ReferenceEquals(await turn, beat.Task));
try { turn = Task.WhenAny(read.AsTask(), new TaskCompletionSource().Task); } // misuse: as-task-twice
catch (InvalidOperationException e) { Console.WriteLine("second turn: " + e.Message); }
feed.Push("lost line");
Task<string> once = feed.ReadAsync().AsTask();
for (int i = 1; i <= 3; i++)
{
    var tick = new TaskCompletionSource();
    Task<Task> race = Task.WhenAny(once, tick.Task);
    if (i < 3) tick.SetResult(); else feed.Push("kept line");
    Console.WriteLine($"turn {i}: {(await race == once ? once.Result : "heartbeat")}");
}

class Feed : IValueTaskSource<string>
{
    private ManualResetValueTaskSourceCore<string> _core;
    public ValueTask<string> ReadAsync() => new ValueTask<string>(this, _core.Version);
    public void Push(string line) => _core.SetResult(line);
    public string GetResult(short token) { string r = _core.GetResult(token); _core.Reset(); return r; }
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);
}
