static class P { static void M(int a, this int x) { } static void Main() { } }
