object o = 1;
int i = o;
