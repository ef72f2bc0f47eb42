class A<T> where T : class { }
class P { A<int> x; static void Main() { } }
