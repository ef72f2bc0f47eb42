class P { [MethodImpl(MethodImplOptions.NoInlining)] static void Main() { } }
