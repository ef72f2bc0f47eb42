const byte b = 1000;
