void F<T>(T x) where T : class { }
F(1);
