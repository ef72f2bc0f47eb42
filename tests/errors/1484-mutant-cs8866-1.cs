record Person(string Name, int Age) { public string Greeting => $"Hi {Name}"; }
record Student(double Name, int Age, string School) : Person(Name, Age);
class P { static void Main() { var p = new Person("A", 3); var q = p with { Age = 4 }; Console.WriteLine(q); Console.WriteLine(p == q); var (n, a) = q; Console.WriteLine(n + a); Console.WriteLine(new Student("B", 1, "S")); } }
