int i = 0;
int x = i ?? 1;
