byte b = 256;
