int[,] m = new int[2, 3]; m[1, 2] = 5; Console.WriteLine(m.Length + m[1, 2]);
