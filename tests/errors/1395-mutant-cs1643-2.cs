int x = 1; Func<int, int> f = static x => x * 2; Console.WriteLine(f(3) + x); Func<int, int> g = x => { int y = x;  }; Console.WriteLine(g(1)); int Local(int x) => x; Console.WriteLine(Local(4));
