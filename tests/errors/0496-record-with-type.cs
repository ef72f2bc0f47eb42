record R(int X);
class P { static void Main() { var r = new R(1) with { X = "a" }; } }
