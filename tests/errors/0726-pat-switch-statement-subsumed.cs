object o = 1;
switch (o) { case object x: break; case string s: break; }
