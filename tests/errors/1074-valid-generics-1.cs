class Box<T> { public T Value; public Box(T v) { Value = v; } public Box<U> Map<U>(Func<T, U> f) => new(f(Value)); }
class P { static void Main() { var b = new Box<int>(3).Map(x => x.ToString()).Map(s => s.Length); Console.WriteLine(b.Value); } }
