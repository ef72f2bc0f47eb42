var s = 1.5 << 2;
