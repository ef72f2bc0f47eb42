// Control flow: goto, nested loops with labels, switch with goto, do-while with continue, ternary chains, short circuits, evaluation order.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

int n = 0;
again:
    if (n++ < 3)
    {
        Console.Write(n);
        goto again;
    }

Console.WriteLine();
for (int i = 0; i < 4; i++)
{
    for (int j = 0; j < 4; j++)
    {
        if (j == 2)
            goto next;
        if (i == 3)
            goto done;
        Console.Write($"{i}{j} ");
    }

    next:
        ;
}

done:
    Console.WriteLine();
int k = 0;
do
{
    k++;
    if (k % 2 == 0)
        continue;
    Console.Write(k);
}
while (k < 7);
Console.WriteLine();
string L(string s, int v)
{
    Console.Write(s);
    return s + v;
}

int V(string s, int v)
{
    Console.Write(s);
    return v;
}

bool T(string s, bool b)
{
    Console.Write(s);
    return b;
}

_ = V("a", 1) + V("b", 2) * V("c", 3);
_ = T("d", false) && T("e", true) || T("f", true) | T("g", false) ^ T("h", true);
var arr = new int[3];
arr[V("i", 1)] = V("j", 2);
arr[V("k", 1)] += V("l", 5);
Console.WriteLine(arr[1]);
int x = 1;
x += x++ * 2 + ++x;
Console.WriteLine(x);
int y = 5;
y = y-- - --y;
Console.WriteLine(y);
Console.WriteLine(x > 3 ? x > 10 ? "big" : "mid" : "small");
(string s1, int v1) = (L("m", 1), V("n", 2));
var obj = new C();
obj.Get("o").P = V("p", 3);
obj.Get("q")[V("r", 0)] += V("s", 1);
obj.Get("t").P++;
Console.WriteLine(obj.P);
switch (V("u", 3))
{
    case 1:
    case 2:
        Console.WriteLine("low");
        break;
    case 3 when x > 100:
        Console.WriteLine("no");
        break;
    case 3:
        Console.WriteLine("three");
        goto case 1;
    default:
        break;
}

foreach (var(c, i)in "abc".Select((c, i) => (c, i)))
{
    if (i == 1)
        continue;
    Console.Write(c);
}

Console.WriteLine();
for (int i = 0, j = 10; i < j; i += 3, j--)
    Console.Write(i + j + " ");
Console.WriteLine();
for (;;)
{
    if (++n > 6)
        break;
}

Console.WriteLine(n);
while (n-- > 0)
    if (n == 2)
        break;
Console.WriteLine(n);
object o = n;
string r = o is int q && q > 1 ? $"q{q}" : "none";
Console.WriteLine(r);
if (!(o is string str))
    str = "assigned";
Console.WriteLine(str);
Console.WriteLine(M(out int w) + w);
static int M(out int z)
{
    z = 3;
    return z * 2;
}

int? nn = null;
int res = nn ?? V("w", 8);
nn ??= res;
Console.WriteLine(nn);
string? ns = null;
Console.WriteLine(ns?.Length.ToString() ?? "nul");
Console.WriteLine(obj?.Next?.Next?.P ?? -5);
static int Thr(int? v) => v ?? throw new ArgumentException("none");
try
{
    Thr(null);
}
catch (ArgumentException e)
{
    Console.WriteLine(e.Message);
}

const int big = int.MaxValue;
unchecked
{
    Console.WriteLine(big + 1);
}

uint u = 0;
u--;
Console.WriteLine(u);
{
    {
        int deep = 1;
        {
            deep++;
            Console.WriteLine(deep);
        }
    }
};
;
if (true)
    ;
else
    Console.WriteLine("never");
Console.WriteLine(typeof(int) == 5.GetType());
Console.WriteLine(sizeof(int) + sizeof(long) + sizeof(char) + sizeof(decimal));
Console.WriteLine(default(DateTime).Year + default(int) + (default(string) ?? "d"));
class C
{
    public int P { get; set; }

    int[] a = new int[1];
    public int this[int i]
    {
        get
        {
            Console.Write("[get]");
            return a[i];
        }

        set
        {
            Console.Write("[set]");
            a[i] = value;
        }
    }

    public C Get(string s)
    {
        Console.Write(s);
        return this;
    }

    public C? Next => null;
}
