var fs = new List<Func<int>>();
for (int i = 0; i < 3; i++) { int j = i; fs.Add(() => j * 10 + i); }
foreach (var f in fs) Console.WriteLine(f());
