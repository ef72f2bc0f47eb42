class A { public const int X = 1; }
class P { static void Main() { Console.WriteLine(new A().X); } }
