// Which completed tasks are the same object, for many result types.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

Console.WriteLine(string.Join(" ", new[] { -2, -1, 0, 8, 9 }.Select(n => ReferenceEquals(Task.FromResult(n), Task.FromResult(n)))));
static bool Same<T>(T v) => ReferenceEquals(Task.FromResult(v), Task.FromResult(v));
Console.WriteLine($"{Same(0L)} {Same(1L)} {Same("")} {Same((string? )null)} {Same(Guid.Empty)} {Same(0m)} {Same(0.0m)} {Same(0.0)} {Same(-0.0)} {Same(default((string, int)))}");
Console.WriteLine($"{Same('\0')} {Same('a')} {Same((byte)0)} {Same((sbyte)1)} {Same((short)0)} {Same((ushort)0)} {Same(0u)} {Same(0ul)} {Same(0f)} {Same(-0f)}");
Console.WriteLine($"{Same((int? )null)} {Same((int? )0)} {Same(TimeSpan.Zero)} {Same(default(DateTime))} {Same(DateTimeOffset.MinValue)} {Same(default(DayOfWeek))} {Same(DayOfWeek.Monday)}");
Console.WriteLine($"{Same((0, 0))} {Same((0L, 0L))} {Same((0, 0, 0))} {Same((1, 0))} {Same(default(S12))} {Same(default(S16))} {Same(default(E0))} {Same(default(CancellationToken))} {Same((object? )null)} {Same(new object ())}");
Console.WriteLine($"{Same(default(ValueTuple))} {Same(default(KeyValuePair<int, int>))} {Same((IntPtr)0)} {Same((nint)1)} {Same(default(TimeOnly))} {Same(default(DateOnly))}");
Console.WriteLine(ReferenceEquals(A(true), A(true)) + " " + ReferenceEquals(A(false), Task.FromResult(false)) + " " + ReferenceEquals(B(8), B(8)) + " " + ReferenceEquals(B(9), B(9)));
Console.WriteLine(ReferenceEquals(N(), Task.CompletedTask) + " " + ReferenceEquals(new ValueTask<int>(3).AsTask(), Task.FromResult(3)) + " " + ReferenceEquals(new ValueTask<int>(300).AsTask(), Task.FromResult(300)));
Console.WriteLine(ReferenceEquals(default(ValueTask).AsTask(), Task.CompletedTask) + " " + ReferenceEquals(Task.WhenAll(), Task.CompletedTask) + " " + ReferenceEquals(Task.Delay(0), Task.CompletedTask));
var t = new TaskCompletionSource().Task;
Console.WriteLine(ReferenceEquals(Task.WhenAll(t), t) + " " + ReferenceEquals(Task.WhenAll(new List<Task> { t }), t) + " " + ReferenceEquals(t.WaitAsync(Timeout.InfiniteTimeSpan), t));
Console.WriteLine(Task.CompletedTask.GetType());
Console.WriteLine(Task.CompletedTask.Id > 0);
var tc = Task.FromCanceled(new CancellationToken(true));
Console.WriteLine($"{tc.Status} {tc.IsCompletedSuccessfully} {tc.IsFaulted} {tc.Exception is null}");
Console.WriteLine(Suspended().GetType());
static async Task<bool> A(bool b) => b;
static async Task<int> B(int b) => b;
static async Task N()
{
}

static async Task Suspended()
{
    await Task.Delay(100000);
}

struct S12
{
    public int A, B, C;
}

struct S16
{
    public long A, B;
}

struct E0
{
}
