var n = "abc".ToUpper;
n.Foo();
