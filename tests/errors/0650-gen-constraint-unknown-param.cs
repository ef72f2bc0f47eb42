class A<T> where U : class { }
class P { static void Main() { } }
