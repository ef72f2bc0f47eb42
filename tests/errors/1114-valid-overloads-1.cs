class P { static string F(int x) => "i"; static string F(long x) => "l"; static string F(double x) => "d"; static string F(object x) => "o"; static string F(string x) => "s";
  static void Main() { Console.WriteLine(F(1) + F(1L) + F(1f) + F('a') + F("x") + F(true) + F((byte)1)); } }
