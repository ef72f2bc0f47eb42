class B : string { }
class P { static void Main() { } }
