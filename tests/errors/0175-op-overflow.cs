int x = int.MaxValue + 1;
