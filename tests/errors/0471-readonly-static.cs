class A { static readonly int X = 1; static void Main() { X = 2; } }
