static class E { public static int Times(this int x, int n) => x * n; }
class P { static void Main() { 3.Times(); } }
