partial class A { }
class A { }
class P { static void Main() { } }
