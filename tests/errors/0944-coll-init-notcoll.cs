class A { }
class P { static void Main() { var a = new A { 1 }; } }
