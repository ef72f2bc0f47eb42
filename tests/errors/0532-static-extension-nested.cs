class P { static class E { public static int F(this int x) => x; } static void Main() { } }
