class A { public int X { private get; set; } }
class P { static void Main() { Console.WriteLine(new A().X); } }
