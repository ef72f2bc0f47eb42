using System.Runtime.CompilerServices;
class P { [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] static async ValueTask<int> F() { await Task.Yield(); return 3; } static async Task<int> Main() { Console.WriteLine(await F()); return 0; } }
