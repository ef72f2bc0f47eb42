object o = 1;
if (o is int n or string s) { }
