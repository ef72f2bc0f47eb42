record R(int X, string Y);
class P { static void Main() { var r = new R("a", 1); } }
