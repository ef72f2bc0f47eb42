var p = new Pt(1, 2); Console.WriteLine(p.X);
await Task.Yield();
return 0;
record Pt(int X, int Y);
