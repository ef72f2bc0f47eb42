class A { public async A() { } }
class P { static void Main() { } }
