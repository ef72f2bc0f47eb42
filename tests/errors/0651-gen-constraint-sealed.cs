class A<T> where T : string { }
class P { static void Main() { } }
