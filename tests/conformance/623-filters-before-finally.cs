// Filters run before the finally blocks of the try they belong to, with enumerators and resources still open.
using System;
using System.Collections.Generic;

try { foreach (int n in Items(1)) Console.WriteLine(n); }
catch (Exception e) when (int.TryParse(e.Message, out _)) { Console.WriteLine("a number"); }
catch (Exception e) { Console.WriteLine($"caught {e.Message}"); }

try { using var a = new Closer("a"); using (new Closer("b")) { string s = "text"; throw new FormatException(s + 1); } }
catch (FormatException e) when (Log($"first {e.Message.Length}") && int.TryParse("7", out int seven) && seven == 8) { }
catch (FormatException e) when (Log(string.Concat("second ", e.Message, "!"))) { Console.WriteLine("handled"); }

int tries = 0;
try { foreach (string s in new List<string> { "x", "y" }) { object o = s + tries++; if (tries == 2) throw new TimeoutException((string)o); } }
catch (TimeoutException e) when (tries++ == 2 && e.Message is ['y', var digit] && char.IsDigit(digit)) { Console.WriteLine($"{e.Message} {digit} {tries}"); }

static IEnumerable<int> Items(int limit) { try { yield return 0; if (limit > 0) throw new InvalidOperationException("broken"); } finally { Console.WriteLine("closed"); } }
static bool Log(string text) { Console.WriteLine(text); return true; }

class Closer(string name) : IDisposable { public void Dispose() => Console.WriteLine($"dispose {name}"); }
