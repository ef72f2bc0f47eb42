using System.Runtime.CompilerServices;
class A { public B GetAwaiter() => new B(); }
class B : INotifyCompletion { public void OnCompleted(Action a) { } public bool IsCompleted => true; }
class P
{
    static async Task Main() { await new A(); }
}
