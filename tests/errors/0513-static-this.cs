class P { static void Main() { Console.WriteLine(this); } }
