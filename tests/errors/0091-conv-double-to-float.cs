float f = 1.5;
