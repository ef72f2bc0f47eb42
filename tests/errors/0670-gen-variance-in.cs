interface I<in T> { T Get(); }
class P { static void Main() { } }
