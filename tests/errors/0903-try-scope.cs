try { int x = 1; } finally { }
Console.WriteLine(x);
