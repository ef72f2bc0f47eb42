byte b = 1 << 8;
