class A { public int Prop { get; set; } public void M<T>(T arg) => Console.WriteLine(nameof(arg) + nameof(T) + nameof(M) + nameof(Prop) + nameof(System.Collections.Generic) + nameof(List<int>.Count) + nameof(A.Prop)); }
class P { static void Main() => new A().M(1); }
