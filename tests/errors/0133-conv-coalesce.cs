string s = null;
int x = s ?? 1;
