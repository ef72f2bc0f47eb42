int x;
switch (Environment.TickCount) { case 1: x = 1; break; case 2: x = 2; break; }
Console.WriteLine(x);
