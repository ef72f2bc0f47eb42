record A(int X) { public int X() => 1; }
class P { static void Main() { } }
