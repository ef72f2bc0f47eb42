var x = x + 1;
