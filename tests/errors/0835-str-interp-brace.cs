Console.WriteLine($"hi {1");
