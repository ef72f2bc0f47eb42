var n = nameof(List<int>.Foo);
