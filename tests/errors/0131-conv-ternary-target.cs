bool b = true;
int x = b ? 1 : "a";
