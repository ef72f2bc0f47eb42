class P { static void M<T>() where T : class { } static void Main() { M<int>(); } }
