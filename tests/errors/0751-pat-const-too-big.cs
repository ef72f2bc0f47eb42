byte b = 1;
if (b is 300) { }
