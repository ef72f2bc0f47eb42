class A { public event Action E; }
class P { static void Main() { new A().E = null; } }
