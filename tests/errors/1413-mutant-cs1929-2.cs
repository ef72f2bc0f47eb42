class Aw {  System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() => Task.CompletedTask.GetAwaiter(); }
static class Ext { public static System.Runtime.CompilerServices.TaskAwaiter<int> GetAwaiter(this int x) => Task.FromResult(x).GetAwaiter(); }
class P { static async Task Main() { await new Aw(); Console.WriteLine(await 5); } }
