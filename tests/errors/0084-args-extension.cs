static class E { public static int Twice(this int x) => x * 2; }
class P { static void Main() { "a".Twice(); } }
