/* a /* b */ c */
Console.WriteLine();
