struct S { public S() : base() { } }
class P { static void Main() { } }
