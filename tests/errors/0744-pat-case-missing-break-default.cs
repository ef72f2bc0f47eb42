int x = 1;
switch (x) { case 1: break; default: Console.WriteLine(1); }
