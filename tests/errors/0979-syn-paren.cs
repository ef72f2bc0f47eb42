Console.WriteLine("a";
