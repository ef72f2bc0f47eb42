static IEnumerable<int> Fib() { int a = 0, b = 1; while (true) { yield return a; (a, b) = (b, a + b); } }
foreach (var f in Fib().Skip(3).TakeWhile(x => x < 50)) Console.Write(f + " ");
static IEnumerable<string> Three() { try { yield return "a"; yield return "b"; yield break; } finally { Console.WriteLine("done"); } }
foreach (var x in Three()) Console.WriteLine(x);
