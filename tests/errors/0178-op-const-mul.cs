const int x = 100000 * 100000;
