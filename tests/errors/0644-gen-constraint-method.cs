class P { static void M<T>(T x) where T : IDisposable { } static void Main() { M("a"); } }
