int x; if (Environment.TickCount >= int.MinValue) x = 1; else x = 2; Console.WriteLine(x);
int y; try { y = 1; } catch { y = 2; } Console.WriteLine(y);
int z; switch (x) { case 1: z = 1; break; default: z = 2; break; } Console.WriteLine(z);
int w; while (true) { w = 5; break; } Console.WriteLine(w);
int F(int n) { if (n > 0) return 1; throw new Exception(); }
int G(int n) { while (true) { if (n++ > 5) return n; } }
int H(int n) { switch (n) { case 1: return 1; default: return 2; } }
int K(int n) { for (; ; ) { } }
Console.WriteLine(F(1) + G(1) + H(1));
if (!int.TryParse("3", out var p)) return; Console.WriteLine(p);
object o = 5; if (!(o is int q)) throw new Exception(); Console.WriteLine(q);
