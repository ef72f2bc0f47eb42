record R(int X, string Y);
class P { static void Main() { var r = new R(1); } }
