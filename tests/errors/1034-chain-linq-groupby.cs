foreach (var g in new List<int>().GroupBy(x => x)) Console.WriteLine(g.Name);
