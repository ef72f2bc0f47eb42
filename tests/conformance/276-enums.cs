// Enums: formatting, flags, parsing, undefined values, underlying types, generic helpers.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

Console.WriteLine($"{Color.Red} {(Color)7} {Color.Green:D} {Color.Blue:X} {Color.Red:G} {(int)Color.Blue} {Color.Red < Color.Blue} {default(Color)} {(Color)0} {Color.Red + 1} {Color.Blue - Color.Red} {Color.Red.CompareTo(Color.Blue)} {Color.Red.Equals(Color.Red)} {Color.Red.GetHashCode()} {Color.Red.ToString("d")} {Color.Green, 8}|{Color.Green, -8}|");
Console.WriteLine($"{F.A | F.C} {F.None} {F.All} {(F)8} {(F)9} {F.A | (F)16} {F.All & ~F.B} {F.A ^ F.B} {(F.A | F.B).HasFlag(F.B)} {F.All.HasFlag(F.None)} {(F)3:F} {(F)3:D} {(F)3:X} {~F.A} {(F)(-1)}");
Console.WriteLine($"{Enum.Parse<Color>("green", true)} {Enum.Parse<Color>("2")} {Enum.Parse<F>("A, C")} {Enum.TryParse<Color>("Nope", out var c)} {c} {Enum.TryParse("Blue", out Color c2)} {c2} {Enum.IsDefined(Color.Red)} {Enum.IsDefined((Color)9)} {Enum.IsDefined(typeof(Color), "Red")} {string.Join(",", Enum.GetNames<Color>())} {string.Join(",", Enum.GetValues<F>())} {Enum.GetName(Color.Blue)} {Enum.GetName((Color)99) ?? "null"} {Enum.GetUnderlyingType(typeof(B8))} {Enum.ToObject(typeof(Color), 2)} {(Color)Enum.Parse(typeof(Color), "Red")} {Enum.Format(typeof(Color), Color.Red, "d")}");
Console.WriteLine($"{(byte)B8.Max} {(B8)200} {unchecked((B8)300)} {(long)L.Big} {L.Big} {L.Neg:D} {L.Neg:X} {B8.Max:X} {sizeof(B8)} {typeof(Color).IsEnum} {Color.Dup} {Color.Blue == Color.Dup} {Enum.GetValues(typeof(Color)).Length} {Convert.ToInt32(Color.Green)} {(object)Color.Red is Color} {(object)Color.Red is int} {(Enum)Color.Red} {typeof(Color)}");
foreach (var a in new Action[]
{
    () => Enum.Parse<Color>("x"),
    () => Enum.Parse<Color>(""),
    () => Enum.Parse<Color>(null!),
    () => Color.Red.ToString("q"),
    () => Enum.Parse<Color>("Red,"),
    () => Enum.ToObject(typeof(int), 1),
    () => _ = (int)(object)Color.Red
}

)
    try
    {
        a();
        Console.WriteLine("fine");
    }
    catch (Exception e)
    {
        Console.WriteLine($"{e.GetType().Name}: {e.Message.ReplaceLineEndings("|")}");
    }

var cnt = new Dictionary<Color, int>();
foreach (var x in new[]
{
    Color.Red,
    Color.Blue,
    Color.Red
}

)
    cnt[x] = cnt.GetValueOrDefault(x) + 1;
Console.WriteLine(string.Join(" ", cnt));
F f = F.A;
f |= F.C;
f &= ~F.A;
Console.WriteLine(f);
Color? nc = null;
Console.WriteLine($"[{nc}] {nc ?? Color.Blue} {nc == Color.Red}");
switch (f)
{
    case F.C:
        Console.WriteLine("C!");
        break;
}

Color col = Color.Red;
col++;
Console.WriteLine(col);
const F both = F.A | F.B;
Console.WriteLine(both is F.A or (F.A | F.B));
Console.WriteLine(string.Concat(Color.Red, F.A, "x") + Color.Red + $"{new { E = Color.Red, N = nc }}" + (1, Color.Blue));
Console.WriteLine(Next(Color.Blue) + Next(F.B).ToString());
static string Next<T>(T t)
    where T : struct, Enum
{
    var v = Enum.GetValues<T>();
    return v[(Array.IndexOf(v, t) + 1) % v.Length].ToString();
}

enum Color
{
    Red = 1,
    Green,
    Blue,
    Dup = 3
}

[Flags]
enum F
{
    None = 0,
    A = 1,
    B = 2,
    C = 4,
    All = 7
}

enum B8 : byte
{
    Min,
    Max = 255
}

enum L : long
{
    Neg = -1,
    Big = 1L << 40
}
