var f = new Foo();
