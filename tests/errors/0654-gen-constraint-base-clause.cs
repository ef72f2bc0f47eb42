class A<T> where T : class { }
class B<T> : A<T> { }
class P { static void Main() { } }
