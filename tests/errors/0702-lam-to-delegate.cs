delegate int D(int x);
class P { static void Main() { D d = (x, y) => 1; } }
