object o = 1;
if (o is not int n) Console.WriteLine(n);
