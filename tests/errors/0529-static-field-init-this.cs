class A { int a = 1; Func<int> b = () => this.a; static void Main() { } }
