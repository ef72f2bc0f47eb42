class Color { static static Color Red = new(); public int V = 1; public static int Count => 5; }
class Car { public Color Color { get; set; } = Color.Red; public int M() => Color.V + Color.Count; }
class P { static void Main() => Console.WriteLine(new Car().M()); }
