class P { static void M(int a, double b) { } static void M(double a, int b) { } static void Main() { M(1, 1); } }
