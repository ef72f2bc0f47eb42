interface IAdd<T> where T : IAdd<T> { static abstract T Zero { get; } static abstract T operator +(T a, T b); }
struct N : IAdd<N> {  static public int V; public static N Zero => new(); public static N operator +(N a, N b) => new() { V = a.V + b.V }; }
class P { static T Sum<T>(IEnumerable<T> xs) where T : IAdd<T> { T t = T.Zero; foreach (var x in xs) t = t + x; return t; } static void Main() => Console.WriteLine(Sum(new[] { new N { V = 2 }, new N { V = 3 } }).V); }
