class A { const object X = new object(); static void Main() { } }
