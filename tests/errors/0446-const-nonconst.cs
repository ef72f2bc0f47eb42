int y = 1;
const int x = y;
