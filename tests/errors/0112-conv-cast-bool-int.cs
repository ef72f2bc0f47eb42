bool b = true;
int x = (int)b;
