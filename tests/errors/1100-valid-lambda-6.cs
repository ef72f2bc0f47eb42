delegate int Op(int a, int b);
class P { static int Ap(Op o, int a, int b) => o(a, b); static void Main() { Console.WriteLine(Ap((x, y) => x * y, 2, 3)); Console.WriteLine(Ap(delegate (int x, int y) { return x - y; }, 2, 3)); Op o = Math.Max; Console.WriteLine(o(1, 2)); } }
