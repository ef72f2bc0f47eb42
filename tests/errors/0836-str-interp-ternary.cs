Console.WriteLine($"{true ? 1 : 2}");
