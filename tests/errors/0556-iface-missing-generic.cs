interface I<T> { T Get(); }
class A : I<int> { public string Get() => ""; }
class P { static void Main() { } }
