interface I { void M(); void N(); }
class A : I { public void N() { } }
class P { static void Main() { } }
