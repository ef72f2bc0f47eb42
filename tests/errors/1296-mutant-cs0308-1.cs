class Outer<T> { public class In { public T V; public In(T v) => V = v; } private int secret = 5; public class Peek { public int See(Outer<T> o) => o.secret; } public enum E { A, B } public In Make(T v) => new(v); }
class P { static void Main() { Console.WriteLine(new Outer<int>().Make(3).V + new Outer<int>.Peek().See(new())); Console.WriteLine(P<string>.E.B); } }
