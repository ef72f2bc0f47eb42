int n = 7;
string r = n switch { < 0 => "neg", 0 => "zero", 1 or 2 or 3 => "small", > 100 => "big", _ => "mid" };
Console.WriteLine(r);
if (n is > 5 and < 10) Console.WriteLine("in");
if (n is not (1 or 2)) Console.WriteLine("out");
object o = n;
if (o is int m && m > 3) Console.WriteLine(m);
if (o is not string s) Console.WriteLine("no"); else Console.WriteLine(s.Length);
