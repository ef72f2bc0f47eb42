var l = new List<int>();
Console.WriteLine(l.Length);
