class A { public static bool operator <(A a, A b) => true; }
class P { static void Main() { } }
