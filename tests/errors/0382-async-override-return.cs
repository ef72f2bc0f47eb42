abstract class A { public abstract Task<int> M(); }
class B : A { public override async ValueTask<int> M() { await Task.Yield(); return 1; } }
class P { static void Main() { } }
