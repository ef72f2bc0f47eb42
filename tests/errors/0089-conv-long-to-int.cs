long l = 5;
int x = l;
