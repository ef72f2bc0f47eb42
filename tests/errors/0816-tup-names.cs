var t = (a: 1, b: 2);
Console.WriteLine(t.c);
