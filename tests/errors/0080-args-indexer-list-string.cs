var l = new List<int> { 1 };
Console.WriteLine(l["a"]);
