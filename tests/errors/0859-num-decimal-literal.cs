decimal d = 1.1;
