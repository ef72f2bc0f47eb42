int x = 5;
Console.WriteLine(x[0]);
