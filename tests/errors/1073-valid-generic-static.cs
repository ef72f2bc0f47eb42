class S<T> { public static int N; public static T? Def => default; static readonly Func<T, string> f = x => x!.ToString()!; public static string F(T t) => f(t); }
class P { static void Main() { S<int>.N++; S<string>.N += 2; Console.WriteLine(S<int>.N + S<string>.N + S<int>.F(4)); } }
