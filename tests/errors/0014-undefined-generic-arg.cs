List<Foo> l = new();
