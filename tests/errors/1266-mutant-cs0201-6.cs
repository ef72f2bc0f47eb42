using System;
using System.Threading.Tasks;

Console.WriteLine(ReferenceEquals(Task.FromResult(8), Task.FromResult(8)));
Console.WriteLine(ReferenceEquals(Task.FromResult(9), Task.FromResult(9)));
Console.WriteLine(ReferenceEquals(Task.FromResult(-1), Task.FromResult(-1)));
Console.WriteLine(ReferenceEquals(Task.FromResult(-2), Task.FromResult(-2)));
Console.WriteLine(ReferenceEquals(Task.FromResult(true), Task.FromResult(true)));
Console.WriteLine(ReferenceEquals(Task.FromResult<string?>(null), Task.FromResult<string?>(null)));
Console.WriteLine(ReferenceEquals(Task.FromResult("x"), Task.FromResult("x")));
Console.WriteLine(ReferenceEquals(Task.FromResult(0L), Task.FromResult(0L)));
Console.WriteLine(ReferenceEquals(FiveAsync(), Task.FromResult(5)));
Console.WriteLine(ReferenceEquals(new ValueTask<int>(3).AsTask(), Task.FromResult(3)));
Console.WriteLine(ReferenceEquals(new ValueTask<int>(42).AsTask(), new ValueTask<int>(42).AsTask()));

static async Task<int> FiveAsync()
{
    Task.CompletedTask;
    return 5;
}
