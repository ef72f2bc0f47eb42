#if X
Console.WriteLine();
