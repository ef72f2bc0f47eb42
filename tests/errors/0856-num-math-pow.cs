int x = Math.Pow(2, 3);
