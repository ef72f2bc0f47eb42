Func<int, int> fact = null!;
fact = n => n <= 1 ? 1 : n * fact(n - "x");
Console.WriteLine(fact(5));
Action<string> log = Console.WriteLine;
log += s => Console.WriteLine("2" + s);
log("x");
