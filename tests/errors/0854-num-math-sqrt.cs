int x = Math.Sqrt(4);
