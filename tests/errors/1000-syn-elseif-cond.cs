int x = 1;
if (x > 0) { } else (x < 0) { }
