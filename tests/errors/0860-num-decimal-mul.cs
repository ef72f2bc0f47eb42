decimal d = 1.1m * 2.0;
