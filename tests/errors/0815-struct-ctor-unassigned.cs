struct S { public int X; public S(int y) { M(); X = y; } void M() { } }
class P { static void Main() { S s = new S(1, 2); } }
