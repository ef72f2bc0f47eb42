byte a = 1, b = 2;
byte c = a + b;
