var (a, b) = 5;
