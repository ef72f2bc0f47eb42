namespace A.B { public class C { public static int C = 3; } namespace D { class E { public int X = C.V; } } }
namespace Q { using A.B; using Alias = A.B.D.E; class P { static void Main() { Console.WriteLine(C.V + new Alias().X + global::A.B.C.V); } } }
