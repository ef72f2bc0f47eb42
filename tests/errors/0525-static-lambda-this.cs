class A { int x; void M() { Func<int> f = static () => x; } static void Main() { } }
