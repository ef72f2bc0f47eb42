class A { public static event Action E; }
class P { static void Main() { A.E?.Invoke(); } }
