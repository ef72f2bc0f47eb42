int x = 1.5;
