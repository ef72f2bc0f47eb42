var x = Console.WriteLine("a");
