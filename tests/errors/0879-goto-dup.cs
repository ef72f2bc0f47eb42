L: int x = 1;
L: x = 2;
