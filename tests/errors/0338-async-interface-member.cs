interface I { async Task M(); }
class P { static void Main() { } }
