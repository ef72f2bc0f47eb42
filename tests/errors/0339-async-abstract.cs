abstract class A { public abstract async Task M(); }
class P { static void Main() { } }
