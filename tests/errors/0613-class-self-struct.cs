struct S { S s; }
class P { static void Main() { } }
