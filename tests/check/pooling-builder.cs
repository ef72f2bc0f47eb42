using System;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

ValueTask<int> one = WorkAsync(1);
Console.WriteLine(await one);
ValueTask<int> two = WorkAsync(2), three = WorkAsync(3);
Console.WriteLine(await two);
ValueTask<int> next = WorkAsync(4);
try { Console.WriteLine(await two); } catch (InvalidOperationException) { Console.WriteLine("stale"); } // misuse: stale-token
try { Console.WriteLine(two.IsCompleted); } catch (InvalidOperationException) { Console.WriteLine("look"); } // misuse: stale-token
Console.WriteLine(await three + await next);
ValueTask<int> five = WorkAsync(5);
Console.WriteLine(await five);
try { Console.WriteLine(five.Result); } catch (InvalidOperationException) { Console.WriteLine("spent"); } // misuse: double-await, pool-returned-twice

[AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
static async ValueTask<int> WorkAsync(int n)
{
    await Task.Yield();
    return n;
}
