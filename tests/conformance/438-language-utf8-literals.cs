using System;
Console.WriteLine("é😀a\u0800"u8.Length);
F();
static void F()
{
    foreach (byte b in "é😀a"u8) Console.Write(b + " ");
    ReadOnlySpan<byte> s = "x"u8;
    Console.WriteLine(s.Length + "ab"u8.ToArray()[1]);
}
