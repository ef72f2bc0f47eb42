record R(int X, string Y);
class P { static void Main() { var (a, b, c) = new R(1, ""); } }
