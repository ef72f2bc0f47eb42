abstract struct S { }
class P { static void Main() { } }
