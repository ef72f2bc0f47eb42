struct S { }
class P { static void Main() { S s = default; lock (s) { } } }
