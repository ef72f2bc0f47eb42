int x;
Action a = () => Console.WriteLine(x);
