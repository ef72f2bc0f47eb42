class A { public event int E; }
class P { static void Main() { } }
