var n = default(Foo);
