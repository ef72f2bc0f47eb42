var add = (int a, int b = 2) => a + b;
Console.WriteLine(add(1));
Func<string, int> p = int.Parse;
Console.WriteLine(p("12"));
