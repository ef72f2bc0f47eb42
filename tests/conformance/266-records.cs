// Records: equality, printing, with, inheritance, deconstruction, record structs, custom members.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var a = new P("Ann", 30);
var b = a with
{
    Age = 31
};
Console.WriteLine($"{a} {b} {a == b} {a == b with { Age = 30 }} {a.GetHashCode() == new P("Ann", 30).GetHashCode()}");
var(n, age) = b;
Console.WriteLine(n + age);
P s = new Stu("Sue", 20, "X");
Console.WriteLine(s);
Console.WriteLine(s == new P("Sue", 20));
Console.WriteLine(s with { Name = "Zed" });
Console.WriteLine(s.Equals(new Stu("Sue", 20, "X")) + " " + ReferenceEquals(s, s with { }));
var rs = new RS(1, 2.5);
var rs2 = rs;
rs2.A = 9;
Console.WriteLine($"{rs} {rs2} {rs == rs2} {rs.Equals((object)new RS(1, 2.5))}");
Console.WriteLine(new ROS("q", null));
Console.WriteLine(new ROS("q", null) == new ROS("q", null));
Console.WriteLine(new Gen<int>(5, new List<int>()));
Console.WriteLine(new Gen<string?>(null, null));
Console.WriteLine(new Custom(3));
Console.WriteLine(new WithMembers(1) { Extra = "e" });
Console.WriteLine(new Empty() == new Empty());
Console.WriteLine(new Empty());
Console.WriteLine(new Nested(new P("in", 1), (1, "t"), new[] { 1 }, DayOfWeek.Friday, 1.5m, 'c'));
Console.WriteLine(new Abs.Impl(4));
Abs x = new Abs.Impl(4);
Console.WriteLine(x.Describe() + (x == new Abs.Impl(4)));
try
{
    _ = new Valid(-1);
}
catch (ArgumentException e)
{
    Console.WriteLine(e.Message);
}

var set = new HashSet<P>
{
    a,
    b,
    new("Ann", 30)
};
Console.WriteLine(set.Count);
Console.WriteLine(new Pt3 { X = 1, Y = 2 }with { Y = 5 });
Console.WriteLine(typeof(P).Name + (a is IEquatable<P>));
Console.WriteLine(new Sealed2("k").ToString());
P? nul = null;
Console.WriteLine((nul == null) + " " + (a != null) + " " + a.Equals(nul));
record P(string Name, int Age);
record Stu(string Name, int Age, string School) : P(Name, Age);
record struct RS(int A, double B);
readonly record struct ROS(string S, object? O);
record Gen<T>(T Value, List<int>? L);
record Custom(int V)
{
    public override string ToString() => $"<{V}>";
}

record WithMembers(int A)
{
    public string? Extra { get; init; }
    public int Twice => A * 2;

    private int hidden = 3;
    public int field = 7;
    public static int St = 1;
}

record Empty;
record Nested(P P, (int, string) T, int[] Arr, DayOfWeek D, decimal M, char C);
abstract record Abs
{
    public abstract int N { get; }

    public string Describe() => $"{GetType().Name}:{N}";
    public record Impl(int Q) : Abs
    {
        public override int N => Q + 1;
    }
}

record Valid(int V)
{
    public int V { get; init; } = V >= 0 ? V : throw new ArgumentException("neg");
}

record struct Pt3
{
    public int X { get; set; }
    public int Y { get; init; }
}

record Base2(string K)
{
    public sealed override string ToString() => "sealed " + K;
}

record Sealed2(string K) : Base2(K);
