// Span, ReadOnlySpan, Memory, stackalloc, ref structs and ref fields.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
Basic();
Strings();
Stack();
Console.WriteLine(Sum(new[] { 1, 2, 3 }) + Sum(stackalloc int[] { 4, 5 }) + Sum([6, 7]));
Sort();
Refs();
Mem();
static int Sum(ReadOnlySpan<int> values) { int t = 0; foreach (var v in values) t += v; return t; }
static void Basic() {
  int[] array = { 1, 2, 3, 4, 5 };
  Span<int> slice = array.AsSpan(1, 3);
  slice[0] = 20;
  slice.Reverse();
  Console.WriteLine(string.Join(",", array));
  ReadOnlySpan<int> ro = array;
  Console.WriteLine(ro[2] + " " + ro.ToArray().Length + " " + ro.IsEmpty + ro[^1] + ro[1..3].Length + ro[..2][1]);
  Span<int> filled = new int[3]; filled.Fill(7); Console.WriteLine(filled[2]); filled.Clear(); Console.WriteLine(filled[2]);
  ref int r = ref slice[1]; r = 50; Console.WriteLine(slice[1]); slice[2]++; slice[2] += 5; Console.WriteLine(slice[2]);
  array.AsSpan().CopyTo(new int[5]);
  Console.WriteLine(array.AsSpan(0, 2).SequenceEqual(new[] { 1, 4 }));
  array.AsSpan(0, 3).CopyTo(array.AsSpan(1));
  Console.WriteLine(string.Join(",", array));
  try { Console.WriteLine(slice[3]); } catch (IndexOutOfRangeException e) { Console.WriteLine(e.Message); }
  try { slice.Slice(4); }
  catch (ArgumentOutOfRangeException e) { Console.WriteLine(e.Message); }
  try { slice.CopyTo(new int[1]); }
  catch (ArgumentException e) { Console.WriteLine(e.Message); }
  foreach (ref int x in array.AsSpan()) x *= 2; Console.WriteLine(string.Join(",", array)); Console.WriteLine(slice.ToString() + ro.ToString() + Span<int>.Empty.Length + (slice == array.AsSpan(1, 3)) + slice.IndexOf(array[1]) + slice.Contains(7)); var e2 = array.AsSpan(5); Console.WriteLine(e2.Length); }
static void Strings() {
  ReadOnlySpan<char> text = "hello world";
  var word = text.Slice(6);
  Console.WriteLine(word.ToString() + word.Length + text[^1] + text[0..5].ToString());
  Console.WriteLine(text.IndexOf(' ') + " " + text.StartsWith("hello") + " " + int.Parse("12345".AsSpan(1, 3)) + " " + int.TryParse("77", out var n) + n);
  Console.WriteLine(new string(text.Slice(0, 3)) + string.Concat(text[..2], "x") + "  pad ".AsSpan().Trim().ToString() + text.SequenceEqual("hello world") + "ABC".AsSpan().Equals("abc", StringComparison.OrdinalIgnoreCase));
  int count = 0;
  foreach (char c in text) if (c == 'o') count++;
  Console.WriteLine(count);
  Span<char> buffer = stackalloc char[8];
  42.TryFormat(buffer, out int written);
  Console.WriteLine(buffer[..written].ToString() + buffer.Slice(0, written).Length);
  var sb = new StringBuilder(); sb.Append(text.Slice(0, 5)); Console.WriteLine(sb); Console.WriteLine(string.Create(3, 'x', (span, c) => span.Fill(c))); }
static void Stack()
{
    Span<int> s = stackalloc int[4];
    for (int i = 0; i < s.Length; i++) s[i] = i * i;
    int total = 0;
    foreach (int x in s) total += x;
    Console.WriteLine(total);
    int n = 3;
    Span<byte> b = n < 10 ? stackalloc byte[n] : new byte[n];
    b[1] = 9;
    Console.WriteLine(b[1] + b.Length);
    Span<long> l = stackalloc[] { 1L, 2, 3 };
    Console.WriteLine(l[2]);
    ReadOnlySpan<string> names = ["x", "y"];
    Console.WriteLine(names[1]);
}
static void Sort()
{
    Span<int> s = [3, 1, 2];
    s.Sort();
    Console.WriteLine(s[0] + "" + s[1] + s[2]);
    s.Sort((a, b) => b - a);
    Console.WriteLine(s[0]);
    Console.WriteLine(((ReadOnlySpan<int>)s).IndexOf(1));
}
static void Refs()
{
    int x = 5;
    var s = new Span<int>(ref x);
    s[0]++;
    Console.WriteLine(x);
    var p = new Pair(ref x);
    p.Add(10);
    Console.WriteLine(x + p.Value);
}
static void Mem() { int[] a = { 1, 2, 3 }; Memory<int> m = a; m.Span[0] = 100; Console.WriteLine(a[0] + " " + m.Length + " " + m.Slice(2).Span[0] + m[1..].Length + m); ReadOnlyMemory<char> rm = "text".AsMemory(1); Console.WriteLine(rm + " " + rm.Span[0]); Async(m).Wait(); Console.WriteLine(a[1]); ArraySegment<int> seg = new(a, 1, 2); Console.WriteLine(seg[0] + seg.Count + seg.Sum()); } // misuse: sync-over-async
static async Task Async(Memory<int> m) { await Task.Yield(); m.Span[1] = 5; }
ref struct Pair { ref int value; public Pair(ref int v) => value = ref v; public int Value => value; public void Add(int n) => value += n; }
