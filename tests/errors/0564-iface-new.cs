interface I { }
class P { static void Main() { var x = new I(); } }
