interface I { ValueTask<int> M(int id); }
class B : I { public ValueTask<int> M(string id) => default; }
class P { static void Main() { } }
