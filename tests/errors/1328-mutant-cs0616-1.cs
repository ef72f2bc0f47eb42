[P] enum F { None = 0, A = 1, B = 2, C = A | B }
enum E : byte { X = 5, Y, Z }
class P { static void Main() { F f = F.A; f |= F.B; Console.WriteLine(f == F.C); Console.WriteLine((int)E.Y + " " + E.Z); Console.WriteLine(f.HasFlag(F.A)); E e = (E)6; switch (e) { case E.X: break; case E.Y: Console.WriteLine("y"); break; } E z = 0; Console.WriteLine(E.Z - E.X); Console.WriteLine(e + 1); } }
