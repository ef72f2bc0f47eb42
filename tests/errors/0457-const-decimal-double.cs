const decimal d = 1.5;
