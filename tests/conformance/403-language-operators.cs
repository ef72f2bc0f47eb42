// User-defined operators and conversions, checked ones too.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
var v = new Vec(1, 2) + new Vec(3, 4) * 2;
Console.WriteLine(v);
Console.WriteLine(-v);
Console.WriteLine(v == new Vec(7, 10));
Console.WriteLine((double)v);
Vec w = 5;
Console.WriteLine(w);
v += w;
Console.WriteLine(v);
v++;
Console.WriteLine(v);
if (v) Console.WriteLine("true");
Console.WriteLine(v[0] + v["y"]);
Console.WriteLine(v < w);
Money m = 10m;
m += 5m;
Console.WriteLine(m);
try { Console.WriteLine(checked(new Money(1) - new Money(2))); }
catch (OverflowException e) { Console.WriteLine(e.Message); }
readonly struct Vec(double x, double y)
{
    public double X { get; } = x;
    public double Y { get; } = y;
    public static Vec operator +(Vec a, Vec b) => new(a.X + b.X, a.Y + b.Y);
    public static Vec operator *(Vec a, double k) => new(a.X * k, a.Y * k);
    public static Vec operator -(Vec a) => new(-a.X, -a.Y);
    public static bool operator ==(Vec a, Vec b) => a.X == b.X && a.Y == b.Y;
    public static bool operator !=(Vec a, Vec b) => !(a == b);
    public static explicit operator double(Vec a) => Math.Sqrt(a.X * a.X + a.Y * a.Y);
    public static implicit operator Vec(double d) => new(d, d);
    public static Vec operator ++(Vec a) => new(a.X + 1, a.Y + 1);
    public static bool operator true(Vec a) => a.X != 0;
    public static bool operator false(Vec a) => a.X == 0;
    public double this[int i] => i == 0 ? X : Y;
    public double this[string s] => s == "x" ? X : Y;
    public static bool operator <(Vec a, Vec b) => a.X < b.X;
    public static bool operator >(Vec a, Vec b) => a.X > b.X;
    public override string ToString() => $"({X}, {Y})";
    public override bool Equals(object? o) => o is Vec v && v == this;
    public override int GetHashCode() => HashCode.Combine(X, Y);
}
record struct Money(decimal Amount)
{
    public static implicit operator Money(decimal d) => new(d);
    public static Money operator +(Money a, Money b) => new(a.Amount + b.Amount);
    public static Money operator -(Money a, Money b) => new(a.Amount - b.Amount);
    public static Money operator checked -(Money a, Money b) => throw new OverflowException("neg");
}
