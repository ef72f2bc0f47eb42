Foo f = null;
