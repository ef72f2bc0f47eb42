class P { static void M(Func<int> a) { } static void M(Func<long> a, int x = 0) { } static void M(Action a) { } static void Main() { M(() => "x"); } }
