class P { static void Main() { if (true) { }
