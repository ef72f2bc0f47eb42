class E { public static int F(this int x) => x; }
class P { static void Main() { } }
