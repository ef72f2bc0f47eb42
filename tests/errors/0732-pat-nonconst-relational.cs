int x = 1, y = 2;
if (x is > y) { }
