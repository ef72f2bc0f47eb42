var f = Console.WriteLine;
