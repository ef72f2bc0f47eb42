using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
// IAsyncDisposable patterns
await using (var a = new Res("a")) await using (var b = new Res("b")) Console.WriteLine("body");
await using var c = new Res("c").ConfigureAwait(false);
try { await using var d = new Res("d"); throw new Exception("x"); }
catch (Exception e) { Console.WriteLine(e.Message); }
Res? n = null;
await using (n) Console.WriteLine("null ok");
await using var both = new Both();
using (new Both()) { }
class Res(string n) : IAsyncDisposable
{
    public async ValueTask DisposeAsync() { Console.WriteLine("disposing " + n); await Task.Yield(); Console.WriteLine("disposed " + n); }
}
class Both : IDisposable, IAsyncDisposable
{
    public void Dispose() => Console.WriteLine("sync");
    public ValueTask DisposeAsync() { Console.WriteLine("async"); return ValueTask.CompletedTask; }
}
