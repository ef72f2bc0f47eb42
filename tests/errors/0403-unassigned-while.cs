int x;
while (Environment.TickCount > 0) { x = 1; break; }
Console.WriteLine(x);
