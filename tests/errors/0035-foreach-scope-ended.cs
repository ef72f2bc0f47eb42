foreach (var x in new[] { 1, 2 }) { }
Console.WriteLine(x);
