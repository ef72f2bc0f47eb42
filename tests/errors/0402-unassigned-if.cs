int x;
if (Environment.TickCount > 0) x = 1;
Console.WriteLine(x);
