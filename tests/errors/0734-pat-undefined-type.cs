object o = 1;
if (o is Foo f) { }
