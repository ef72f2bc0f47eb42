int x = 1;
if (x is string) { }
