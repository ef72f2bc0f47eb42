struct S { public int X; }
class P { static void Main() { var x = new S() == new S(); } }
