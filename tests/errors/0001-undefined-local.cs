int a = 1;
Console.WriteLine(a + b);
