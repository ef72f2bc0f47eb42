class A { public A? Next; public int V; public int? Name { get; set; } }
class P { static void Main() { A? a = new() { Next = new() { V = 3 } }; Console.WriteLine(a?.Next?.Next?.V); Console.WriteLine(a.Next.Name?.ToUpper() ?? "none"); a.Next!.Name = "q"; if (a is { Next.V: 3 } and { Next.Name: "q" }) Console.WriteLine("ok"); } }
