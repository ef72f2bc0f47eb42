string x = "a";
switch (x) { case 1: break; }
