class A { int X { get; set; } }
class P { static void Main() { Console.WriteLine(new A().X); } }
