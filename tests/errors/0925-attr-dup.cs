class P { [Obsolete] [Obsolete] static void Main() { } }
