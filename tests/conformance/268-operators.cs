// User operators, conversions, indexers, checked and unchecked arithmetic, shifts, lifted operators.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var v = new V(1, 2) + new V(3, 4) * 2;
Console.WriteLine($"{v} {-v} {v == new V(7, 10)} {v != v} {v[0]} {v["y"]} {(double)v:F3} {!v} {v > new V(1, 1)}");
V w = 5;
w++;
Console.WriteLine(w);
w += new V(1, 1);
Console.WriteLine(w);
if (w)
    Console.WriteLine("true");
V z = new V(0, 0);
Console.WriteLine((z && w) + " " + (w || z));
int max = int.MaxValue;
Console.WriteLine(unchecked(max + 1));
try
{
    Console.WriteLine(checked(max + 1));
}
catch (OverflowException e)
{
    Console.WriteLine(e.Message);
}

try
{
    checked
    {
        byte b = (byte)(max & 0x1ff);
        Console.WriteLine(b);
    }
}
catch (OverflowException)
{
    Console.WriteLine("byte overflow");
}

try
{
    int q = int.MinValue;
    Console.WriteLine(q / -1);
}
catch (OverflowException e)
{
    Console.WriteLine(e.Message);
}

try
{
    long l = long.MaxValue;
    checked
    {
        l *= 2;
    }
}
catch (OverflowException)
{
    Console.WriteLine("long overflow");
}

try
{
    Console.WriteLine(checked((uint)-max));
}
catch (OverflowException)
{
    Console.WriteLine("uint");
}

double hd = 3e10;
try
{
    Console.WriteLine(checked((int)hd));
}
catch (OverflowException)
{
    Console.WriteLine("dbl");
}

Console.WriteLine($"{1 << 33} {1L << 33} {-8 >> 1} {-8 >>> 28} {(uint)1 << 31} {~5} {5 ^ 3} {5 & 3 | 8} {-7 / 2} {-7 % 2} {7 % -3} {-7.5 % 2} {(char)66} {(int)'x'} {unchecked((int)4000000000)}".Replace("(sbyte)200", ""));
int? a = 5, n = null;
Console.WriteLine($"{a + n} {a * 2} {a > n} {a == n} {n == null} {a < 6} {n ?? a} {-n} {(a & n).HasValue} {n.GetValueOrDefault(3)} {a.Value}");
bool? t = true, f = false, u = null;
Console.WriteLine($"{t & u} {f & u} {t | u} {f | u} {!u} {t ^ u}|");
V? nv = null;
Console.WriteLine((nv + v)is null);
nv = v;
Console.WriteLine(nv + v);
Console.WriteLine(nv == v);
double inf = 1.0 / Zero.D;
Console.WriteLine($"{inf} {-inf} {0 / Zero.D} {double.NaN == double.NaN} {double.NaN.Equals(double.NaN)} {(int)Zero.N} {(int)(Zero.N2 * 1e20)} {(long)(Zero.N2 * 1e30)} {(int)-2.9} {Math.Round(2.5)} {Math.Round(-2.5)} {Math.Round(2.345, 2)}");
Console.WriteLine((decimal)1.1 + " " + (float)0.1m + " " + (double)0.1f + " " + 0.1f + " " + (0.1 + 0.2) + " " + (0.1m + 0.2m) + " " + 1e16 + " " + 1e15 + " " + 1e-5 + " " + 0.0001 + " " + float.MaxValue + " " + double.Epsilon + " " + 123456789012345680.0 + " " + 5e-324 + " " + -0.0);
try
{
    Console.WriteLine(1 / Zero.I);
}
catch (DivideByZeroException e)
{
    Console.WriteLine(e.Message);
}

try
{
    Console.WriteLine(1m / Zero.M);
}
catch (DivideByZeroException e)
{
    Console.WriteLine(e.Message);
}

try
{
    Console.WriteLine(decimal.MaxValue + (1m + Zero.M));
}
catch (OverflowException e)
{
    Console.WriteLine(e.Message);
}

try
{
    Console.WriteLine((int)(3000000000m + Zero.M));
}
catch (OverflowException e)
{
    Console.WriteLine(e.Message);
}

int i = 5;
i = i++ + ++i;
Console.WriteLine(i);
int[] ar =
{
    0,
    0,
    0
};
int ix = 0;
ar[ix++] = ix++;
Console.WriteLine(string.Join(",", ar) + ix);
ar[ix -= 1] += 5;
Console.WriteLine(string.Join(",", ar));
byte bb = 255;
bb++;
Console.WriteLine(bb);
bb += 300 % 256;
Console.WriteLine(bb);
char ch = 'a';
ch++;
ch += (char)1;
Console.WriteLine(ch);
string st = "a";
st += 1 + 2;
st += 'c';
st += null;
Console.WriteLine(st + 1 + 2 + (1 + 2));
uint ui = 3;
Console.WriteLine(ui - 4 < 0 ? "neg" : "wrap");
Console.WriteLine(-ui);
long big = int.MaxValue;
Console.WriteLine(big + 1);
Console.WriteLine(5 / 2 * 2.0 + 5 / 2.0);
Console.WriteLine('a' + 'b' + "c" + 'd' + 1);
static class Zero
{
    public static int I = 0;
    public static double D = 0, N = double.NaN, N2 = 1;
    public static decimal M = 0;
}

struct V(int x, int y)
{
    public int X = x, Y = y;
    public static V operator +(V a, V b) => new(a.X + b.X, a.Y + b.Y);
    public static V operator *(V a, int k) => new(a.X * k, a.Y * k);
    public static V operator -(V a) => new(-a.X, -a.Y);
    public static bool operator ==(V a, V b) => a.X == b.X && a.Y == b.Y;
    public static bool operator !=(V a, V b) => !(a == b);
    public static bool operator>(V a, V b) => a.X > b.X;
    public static bool operator <(V a, V b) => a.X < b.X;
    public static V operator ++(V a) => new(a.X + 1, a.Y + 1);
    public static implicit operator V(int n) => new(n, n);
    public static explicit operator double (V a) => Math.Sqrt(a.X * a.X + a.Y * a.Y);
    public static bool operator true (V a) => a.X != 0;
    public static bool operator false (V a) => a.X == 0;
    public static V operator &(V a, V b) => new(a.X & b.X, 0);
    public static V operator |(V a, V b) => new(a.X | b.X, 0);
    public static bool operator !(V a) => a.X == 0;
    public readonly int this[int i] => i == 0 ? X : Y;
    public readonly int this[string s] => s == "x" ? X : Y;
    public override readonly string ToString() => $"<{X},{Y}>";
    public override bool Equals(object? o) => o is V q && q == this;
    public override int GetHashCode() => X;
}
