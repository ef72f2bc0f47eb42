int x;
try { x = 1; } finally { }
int y;
try { y = int.Parse("1"); } catch { }
Console.WriteLine(x + y);
