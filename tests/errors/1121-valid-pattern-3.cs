(int, string) t = (1, "a");
Console.WriteLine(t switch { (1, "a") => "x", (var a, _) when a > 1 => "y", _ => "z" });
int[] arr = { 1, 2, 3 };
Console.WriteLine(arr is [1, .. var rest] ? rest.Length : -1);
switch (arr.Length) { case 1: case 2: Console.WriteLine("s"); break; case int k when k > 2: Console.WriteLine(k); goto default; default: Console.WriteLine("d"); break; }
