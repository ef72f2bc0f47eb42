Console.WriteLine "x";
