class P { [Flags] static void Main() { } }
