var x = 5I;
