dynamic d = 5; Console.WriteLine(d + 1);
