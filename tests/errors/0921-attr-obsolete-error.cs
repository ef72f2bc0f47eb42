class P { [Obsolete("x", true)] static void Old() { } static void Main() { Old(); } }
