int x;
Console.WriteLine(x);
