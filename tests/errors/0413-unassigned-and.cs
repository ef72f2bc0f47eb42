object o = 1;
if (o is int n || n > 2) { }
