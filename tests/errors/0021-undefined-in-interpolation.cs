Console.WriteLine($"value {missing}");
