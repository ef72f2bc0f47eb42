using System.Foo;
Console.WriteLine(1);
