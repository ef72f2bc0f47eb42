class A<T> where T : class { }
class P { static void Main() { var a = new A<int>(); } }
