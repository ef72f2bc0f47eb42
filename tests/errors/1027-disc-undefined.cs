_ = Foo();
