var a = new { X = 1 };
Console.WriteLine(a.Y);
