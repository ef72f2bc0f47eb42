int x = 1
Console.WriteLine(x);
