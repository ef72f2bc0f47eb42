using System.Runtime.CompilerServices;
class A { public B GetAwaiter() => new B(); }
class B : INotifyCompletion { public void OnCompleted(Action a) { } public int IsCompleted => 1; public void GetResult() { } }
class P
{
    static async Task Main() { await new A(); }
}
