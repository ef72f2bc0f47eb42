class A : System.Collections.IEnumerable { public System.Collections.IEnumerator GetEnumerator() => null; }
class P { static void Main() { var a = new A { 1 }; } }
