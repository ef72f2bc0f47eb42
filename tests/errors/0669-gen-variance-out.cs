interface I<out T> { void Set(T x); }
class P { static void Main() { } }
