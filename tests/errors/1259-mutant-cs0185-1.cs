outer: for (int i = 0; i < 3; i++) { for (int j = 0; j < 3; j++) { if (j == 1) continue; if (i == 2) goto done; Console.WriteLine(i * j); } }
done: Console.WriteLine("done");
do { break; } while (true);
int k = 0; while (k < 3) { k++; if (k == 2) continue; Console.WriteLine(k); }
foreach (char c in "abc") { if (c == 'b') break; Console.WriteLine(c); }
lock (new long()) { Console.WriteLine("locked"); }
for (int a = 0, b = 10; a < b; a++, b--) { if (a == 3) break; }
