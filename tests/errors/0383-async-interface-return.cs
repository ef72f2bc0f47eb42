interface I { Task<int> M(); }
class B : I { public async ValueTask<int> M() { await Task.Yield(); return 1; } }
class P { static void Main() { } }
