class A { public event Action<int> E; }
class P { static void Main() { new A().E += () => { }; } }
