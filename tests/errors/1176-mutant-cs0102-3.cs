partial class A { partial void Hook(int x); public void Go() { Hook(1); Console.WriteLine(B); } int Go = 2; }
partial class A { partial void Hook(int x) => Console.WriteLine(x); }
class P { static void Main() => new A().Go(); }
