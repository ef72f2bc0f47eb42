int x = 5 / 2.0;
