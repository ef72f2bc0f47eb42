object o = 1;
int x = o as int;
