using System;
using System.Threading.Tasks;

ValueTask none = default;
ValueTask<int> number = default;
ValueTask<string?> textX = default;
ValueTask<bool> flag = new();
Console.WriteLine($"{none.IsCompleted} {number.IsCompleted} {text.IsCompleted} {flag.IsCompletedSuccessfully}");
await none;
Console.WriteLine(await number);
Console.WriteLine(await text ?? "(null)");
Console.WriteLine(await flag);
Console.WriteLine(ReferenceEquals(default(ValueTask).AsTask(), Task.CompletedTask));
