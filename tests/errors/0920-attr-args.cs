class P { [Obsolete(1)] static void Main() { } }
