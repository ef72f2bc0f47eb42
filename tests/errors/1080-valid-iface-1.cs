interface IA { int X { get; } void M(); string N() => "def"; }
class C : IA { public int X => 1; void IA.M() => Console.WriteLine("exp"); }
class P { static void Main() { IA a = new C(); a.M(); Console.WriteLine(a.N() + a.X); } }
