// Spans into an array while the collector moves it.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
var list = new List<int[]>(); for (int i = 0; i < 2000; i++) list.Add(Work(i)); Console.WriteLine(list.Sum(a => a[0]));
static int[] Work(int n)
{
    int[] a = new int[100];
    Span<int> s = a.AsSpan(50);
    for (int i = 0; i < 50; i++) { s[i] = i; var garbage = new byte[1000]; if (i == 25) GC.Collect(); }
    int t = 0;
    foreach (var x in s) t += x;
    a[0] = t + n;
    return a;
}
