object o = 1;
switch (o) { case int n when n: break; }
