class A { public event EventHandler E; static void H(int x) { } static void Main() { new A().E += H; } }
