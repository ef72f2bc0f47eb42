class A { }
Console.WriteLine();
