int x = 1;
switch (x) { case 1: Console.WriteLine(1); }
