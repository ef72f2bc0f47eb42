int Fact(int n) { return n < 2 ? 1 : n * Fact(n - 1); }
Console.WriteLine(Fact(4));
bool Even(int n) => n == 0 || Odd(n - 1);
bool Odd(int n) => n != 0 && Even(n - 1);
Console.WriteLine(Even(10));
T Gen<T>(T x) where T : notnull { T Inner() => x; return Inner(); }
Console.WriteLine(Gen("g"));
IEnumerable<int> It() { yield return 1; }
Console.WriteLine(It().Count());
