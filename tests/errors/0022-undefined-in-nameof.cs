Console.WriteLine(nameof(missing));
