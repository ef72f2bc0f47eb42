class P { static void M(int a) { } static void M(string a) { } static void Main() { M(default); } }
