struct S { public int X; public void M() { } }
class P { static void Main() { S s; s.M(); } }
