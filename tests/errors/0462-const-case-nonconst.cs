int x = 1, y = 2;
switch (x) { case y: break; }
