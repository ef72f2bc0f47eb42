class A { public event Action E; }
class B : A { void M() { E(); } static void Main() { } }
