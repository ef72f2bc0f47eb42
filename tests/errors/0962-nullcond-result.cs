string s = null;
int n = s?.Length;
