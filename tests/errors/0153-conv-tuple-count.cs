(int, int) t = (1, 2, 3);
