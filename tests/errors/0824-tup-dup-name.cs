(int a, int a) t = (1, 2);
