class A : Task<int> { }
class P { static void Main() { } }
