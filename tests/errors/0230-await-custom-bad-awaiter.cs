class A { public B GetAwaiter() => new B(); }
class B { public bool IsCompleted => true; public void GetResult() { } }
class P
{
    static async Task Main() { await new A(); }
}
