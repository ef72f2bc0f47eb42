using Foo.Bar;
Console.WriteLine(1);
