(int a, int b) = (1, "x");
