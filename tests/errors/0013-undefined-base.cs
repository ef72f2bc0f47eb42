class A : Missing { }
class P { static void Main() { } }
