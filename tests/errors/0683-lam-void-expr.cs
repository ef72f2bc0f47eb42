Func<int> f = () => Console.WriteLine();
