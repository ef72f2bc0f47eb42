const int A = 10; const string S = true + "b"; const double D = 1.0 / 3; const long L = 1L << 40; const char C = 'x'; const bool B = A > 5 && S == "ab"; const decimal M = 1.5m;
byte b = 200; short s = -5; uint u = 5; ulong ul = 5; sbyte sb = -128; float f = 1; double d = 1; decimal m = 1; long l = 'a'; int i = 'b'; char c = (char)97; byte bb = 10 + 20; const int Z = 5; byte bz = Z;
Console.WriteLine(A + S + D + L + C + B + M + b + s + u + ul + sb + f + d + m + l + i + c + bb + bz);
unchecked { int o = int.MaxValue; o++; Console.WriteLine(o); int q = (int)0xFFFFFFFF; }
Console.WriteLine(checked(5 + 5)); int hex = 0xFF, bin = 0b1010, us = 1_000_000; Console.WriteLine(hex + bin + us);
