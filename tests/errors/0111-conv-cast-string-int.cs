string s = "1";
int x = (int)s;
