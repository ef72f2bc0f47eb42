(int, string) t = (1, 2);
