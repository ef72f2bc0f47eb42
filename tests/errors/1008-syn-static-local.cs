static int x = 1;
