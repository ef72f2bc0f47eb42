class P { static void M(out int x) { x = 1; Action a = () => Console.WriteLine(x); } static void Main() { } }
