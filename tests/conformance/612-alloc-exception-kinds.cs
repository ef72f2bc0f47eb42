// Bytes of exceptions: thrown, rethrown, through tasks, by the runtime.
using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

Bytes("Throw and catch", () => { try { throw new InvalidOperationException("x"); } catch (InvalidOperationException) { } });
Bytes("three frames", () => { try { Deep(2); } catch (InvalidOperationException) { } });
Bytes("nine frames", () => { try { Deep(8); } catch (InvalidOperationException) { } });
Bytes("filter", () => { try { throw P.Error; } catch (Exception e) when (e.Message.Length == 4) { } });
Bytes("rethrow", () => { try { try { throw P.Error; } catch { throw; } } catch { } });
Bytes("wrap", () => { try { try { throw P.Error; } catch (Exception e) { throw new AggregateException(e); } } catch { } });
Bytes("async sync fault", () => P.Kept = Fail(0));
Bytes("async two levels", () => P.Kept = Fail(1));
Bytes("async three levels", () => P.Kept = Fail(2));
Bytes("value task fault", () => P.Kept = FailValue().AsTask());
Bytes("cancel", () => P.Kept = Cancel());
Bytes("awaited in catch", () => P.Kept = Handle());
Bytes("Result", () => { try { P.Number = Fail(0).Result; } catch (AggregateException) { } });
Bytes("GetResult", () => { try { P.Number = Fail(0).GetAwaiter().GetResult(); } catch (InvalidOperationException) { } });
Bytes("token", () => { try { new CancellationToken(true).ThrowIfCancellationRequested(); } catch (OperationCanceledException) { } });
Bytes("key", () => { try { P.Number = new Dictionary<string, int>()["k"]; } catch (KeyNotFoundException) { } });
Bytes("parse", () => { try { P.Number = int.Parse("no"); } catch (FormatException) { } });
Bytes("divide", () => { try { P.Number = 1 / P.Zero; } catch (DivideByZeroException) { } });
Bytes("index", () => { try { P.Number = (new int[1])[P.Zero + 3]; } catch (IndexOutOfRangeException) { } });
Bytes("null", () => { try { P.Number = P.Nothing!.Length; } catch (NullReferenceException) { } });
Bytes("cast", () => { try { P.Nothing = (string)(object)P.Kept!; } catch (InvalidCastException) { } });
Bytes("overflow", () => { try { P.Number = checked(int.MaxValue + P.Zero + 1); } catch (OverflowException) { } });

static int Deep(int n) => n == 0 ? throw new InvalidOperationException("deep") : Deep(n - 1) + 1;
static async Task<int> Fail(int n) => n == 0 ? throw new InvalidOperationException("fail") : await Fail(n - 1);
static async ValueTask<int> FailValue() { await Task.CompletedTask; throw P.Error; }
static async Task<int> Cancel() { await Task.CompletedTask; throw new OperationCanceledException(); }
static async Task<string> Handle() { try { return (await Fail(0)).ToString(); } catch (InvalidOperationException e) { await Task.CompletedTask; return e.Message; } }

static void Bytes(string name, Action action)
{
    for (int i = 0; i < 3; i++)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        if (i == 2) Console.WriteLine($"{name}: {bytes}");
    }
}

static class P
{
    public static Task? Kept;
    public static int Number, Zero;
    public static string? Nothing;
    public static Exception Error => new InvalidOperationException("abcd");
}
