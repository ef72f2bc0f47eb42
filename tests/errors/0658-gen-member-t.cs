class P { static int M<T>(T x) => x.Length; static void Main() { } }
