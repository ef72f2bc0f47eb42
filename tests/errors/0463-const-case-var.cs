string x = "a";
switch (x) { case x: break; }
