Console.WriteLin("hello");
