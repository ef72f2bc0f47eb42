#region x
Console.WriteLine();
