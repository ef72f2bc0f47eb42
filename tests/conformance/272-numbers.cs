// Number formatting and parsing: standard and custom formats, all widths, special values.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

Console.WriteLine($"{1234.5678:F2} {1234.5678:N1} {0.5:P0} {1234.5678:E2} {1234.5678:G3} {1234.5678:0.##} {1234.5:#,#.00} {-5:D4} {255:X} {255:x4} {10:B8} {1e-7} {1e21} {123456789:N0} {0.000012345:G2} {1.0:R} {12.0} {1.10m} {100:C2} {-3.5:C} {1234567.0:0,0} {0.1234:00.0%} {5:000;neg;zero} {-5:000;neg;zero} {0:000;neg;zero}");
Console.WriteLine($"{int.MaxValue} {long.MinValue} {ulong.MaxValue} {float.Epsilon} {double.MaxValue} {decimal.MaxValue} {byte.MaxValue:X2} {sbyte.MinValue} {float.NaN} {double.PositiveInfinity} {-0.0} {1f / 3} {2d / 3} {1m / 3} {100m} {1.50m * 2} {1e3m} {0.1f + 0.2f} {16777217f} {1.1f} {(double)1.1f}");
Console.WriteLine(int.Parse("-12") + int.Parse(" 7 ") + " " + int.Parse("1A", System.Globalization.NumberStyles.HexNumber) + " " + double.Parse("1e3") + " " + double.Parse("-.5") + " " + decimal.Parse("1,234.50") + " " + int.TryParse("x", out int bad) + bad + " " + int.TryParse("5", out int good) + good + " " + long.Parse("9223372036854775807") + " " + bool.Parse("TRUE") + " " + byte.TryParse("300", out _) + " " + float.Parse("3.4028235E+38") + " " + double.TryParse("NaN", out double nan) + nan + " " + double.Parse("Infinity") + " " + uint.Parse("+5"));
Console.WriteLine($"{Math.Max(1, 2)} {Math.Abs(-3.5)} {Math.Pow(2, 10)} {Math.Sqrt(2)} {Math.Floor(-1.5)} {Math.Ceiling(1.2)} {Math.Truncate(-1.9)} {Math.Sign(-4)} {Math.Clamp(15, 0, 10)} {Math.Round(1.005, 2)} {Math.Round(2.5, MidpointRounding.AwayFromZero)} {Math.DivRem(17, 5)} {Math.Log(Math.E)} {Math.Log10(1000)} {Math.Log2(8)} {Math.PI:F5} {Math.Sin(1)} {Math.Atan2(1, 1)} {Math.Exp(1)} {Math.Round(123.456m, 1)} {Math.BigMul(int.MaxValue, 2)}");
Console.WriteLine($"{Convert.ToInt32(2.5)} {Convert.ToInt32(3.5)} {Convert.ToInt32("77")} {Convert.ToString(255, 2)} {Convert.ToString(255, 16)} {Convert.ToInt32("ff", 16)} {Convert.ToInt32("101", 2)} {Convert.ToBoolean(3)} {Convert.ToChar(65)} {Convert.ToDouble("1.5")} {Convert.ToBase64String(new byte[] { 1, 2, 3, 250 })} {Convert.ToHexString(new byte[] { 10, 255 })} {Convert.ToInt64(true)} {Convert.ToByte('a')} {Convert.ToDecimal(1.25)} {Convert.ToString((object? )null)}| {Convert.ToInt32(null)} {Convert.ToSingle(1.1)}");
foreach (double d in new[]
{
    0.1,
    1.0 / 3,
    1e100,
    123456.789,
    1e-10,
    5e15,
    99999999999999999,
    0.30000000000000004,
    4.35,
    1.7976931348623157e308,
    2.2250738585072014E-308
}

)
    Console.Write(d + " ");
Console.WriteLine();
foreach (float d in new[]
{
    0.1f,
    1f / 3,
    1e10f,
    123456.789f,
    1e-10f,
    16777216f,
    3.14159274f
}

)
    Console.Write(d + " ");
Console.WriteLine();
foreach (decimal d in new[]
{
    1m,
    1.0m,
    1.00m,
    0.1m,
    1234567890.0987654321m,
    -0.5m,
    1e-28m,
    79228162514264337593543950335m
}

)
    Console.Write(d + " ");
Console.WriteLine();
Console.WriteLine($"{5.ToString("D3")} {3.7.ToString("F0")} {2.5.ToString("F0")} {0.125.ToString("F2")} {0.135.ToString("F2")} {1e6.ToString("N")} {12345.6789.ToString("#.##")} {0.ToString("#")}| {0.5.ToString("#.#")} {1234.ToString("0000000")} {1.5.ToString("0.00E+00")} {123.ToString("'n'0\\!")} {42.ToString("G")} {1234.5.ToString("G2")} {(-1.5).ToString("(0.0);[0.0]")} {1e5.ToString("G4")} {long.MaxValue.ToString("N0")} {255.ToString("b")} {3.0.ToString("R")} {decimal.Parse("1.2300").ToString("G")} {1.23456789m.ToString("F4")} {1234.5m.ToString("C")} {0.0.ToString("E0")} {9.995.ToString("F2")} {1.45.ToString("F1")}");
Console.WriteLine($"{decimal.Round(2.5m)} {decimal.Truncate(-2.7m)} {decimal.Floor(-2.1m)} {10m % 3} {decimal.Remainder(-7, 3)} {1.0m == 1.00m} {1.0m.GetHashCode() == 1.00m.GetHashCode()} {(decimal)0.1f} {(decimal)1e-20} {new decimal (1, 2, 3, true, 4)} {decimal.GetBits(1.5m)[3]} {decimal.ToInt32(3.9m)} {-1.5m:F0} {2.5m:F0} {1m / 7:F10} {decimal.Negate(3)} {decimal.Compare(1, 2)} {1.123456789012345678901234567890m}");
Console.WriteLine($"{int.MaxValue.CompareTo(5)} {5.Equals(5L)} {5.Equals((object)5)} {(5).GetHashCode()} {5L.GetHashCode()} {(1L << 32).GetHashCode()} {true.GetHashCode()} {'a'.GetHashCode()} {double.IsNaN(nan)}");
