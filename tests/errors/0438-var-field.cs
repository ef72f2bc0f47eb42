class A { var x = 1; static void Main() { } }
