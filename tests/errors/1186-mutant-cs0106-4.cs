class Aw { public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() => Task.CompletedTask.GetAwaiter(); }
static class Ext { readonly static System.Runtime.CompilerServices.TaskAwaiter<int> GetAwaiter(this int x) => Task.FromResult(x).GetAwaiter(); }
class P { static async Task Main() { await new Aw(); Console.WriteLine(await 5); } }
