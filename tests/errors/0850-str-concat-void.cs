string s = "a" + Console.WriteLine();
