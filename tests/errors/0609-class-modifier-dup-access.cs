class A { public private void M() { } static void Main() { } }
