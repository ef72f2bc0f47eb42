record A(int X);
record B(int X, int Y) : A;
class P { static void Main() { } }
