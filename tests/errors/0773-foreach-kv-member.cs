foreach (var k in new Dictionary<string, int>()) Console.WriteLine(k.Name);
