class P { static void Main() { Del d = null; } }
