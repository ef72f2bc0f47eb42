using System;
using System.Threading.Tasks;

Task? t = null;
try { t = ElidedAsync(-1); }
catch (ArgumentOutOfRangeException e) { Console.WriteLine("at call: " + e.ParamName); }
Console.WriteLine(t == null);
try { t = KeptAsync(-1); }
catch (ArgumentOutOfRangeException) { Console.WriteLine("not here"); }
Console.WriteLine(t!.IsFaulted);
try { t; }
catch (ArgumentOutOfRangeException e) { Console.WriteLine("at await: " + e.ParamName); }

static Task ElidedAsync(int n)
{
    if (n < 0) throw new ArgumentOutOfRangeException(nameof(n));
    return Task.CompletedTask;
}

static async Task KeptAsync(int n)
{
    if (n < 0) throw new ArgumentOutOfRangeException(nameof(n));
    await Task.CompletedTask;
}
