Func<Task> f = async () => { await Task.Delay(1); Console.WriteLine("x"); };
Func<int, Task<int>> g = async x => { await Task.Yield(); return x * 2; };
await f(); Console.WriteLine(await g(4));
var t = Task.Run(async () => { await Task.Yield(); return 5; });
Console.WriteLine(await t);
Action h = async () => await Task.Yield();
h();
