int x = 0;
if (x = 1) { }
