Func<int, int> f = x => x + y;
Console.WriteLine(f(1));
