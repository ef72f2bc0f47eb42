record R(int X, int Y);
class P { static void Main() { object o = null; if (o is R(1, 2, 3)) { } } }
