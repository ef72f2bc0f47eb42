class A { }
class P { static void Main() { foreach (var x in new A()) { } } }
