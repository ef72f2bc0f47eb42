var t = (1, 2);
Console.WriteLine(t.Item3);
