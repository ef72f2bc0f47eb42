int[] a = new int[3];
Console.WriteLine(a[0, 1]);
