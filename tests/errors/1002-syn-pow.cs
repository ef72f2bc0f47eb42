double x = 2 ** 3;
