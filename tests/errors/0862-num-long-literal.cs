int x = 5L;
