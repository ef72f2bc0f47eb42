string? s = null; int? n = null; int?[] a = { 1, null };
Console.WriteLine(s?.Length ?? -1); Console.WriteLine(n ?? 5); n ??= 7; Console.WriteLine(n.Value + n.GetValueOrDefault());
Console.WriteLine(a[1].HasValue); Console.WriteLine(s ?? "x"); s ??= "y"; Console.WriteLine(s!.Length);
int? m = n + 1; bool? b = n > 3; Console.WriteLine(m * 2); if (n == 7) Console.WriteLine("7"); Console.WriteLine(b == true);
List<int>? l = null; Console.WriteLine(l?.Count); Console.WriteLine(l?[0]); l?.Add(3);
