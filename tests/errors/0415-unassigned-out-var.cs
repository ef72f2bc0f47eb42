if (Environment.TickCount > 0 && int.TryParse("1", out int v)) { }
Console.WriteLine(v);
