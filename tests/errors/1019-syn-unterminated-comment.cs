/* a
Console.WriteLine();
