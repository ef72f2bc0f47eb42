class A { public static int X; }
class P { static void Main() { var a = new A(); a.X = 1; } }
