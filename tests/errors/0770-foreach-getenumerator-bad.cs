class A { public int GetEnumerator() => 1; }
class P { static void Main() { foreach (var x in new A()) { } } }
