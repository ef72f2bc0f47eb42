interface I<T> { T Get(); }
class P { static void M(I<string> a) { I<object> o = a; } static void Main() { } }
