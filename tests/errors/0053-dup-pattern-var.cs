object o = 1;
if (o is int n && o is int n) { }
