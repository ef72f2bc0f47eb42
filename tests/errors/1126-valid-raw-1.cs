string name = "x"; int n = 3;
Console.WriteLine("""raw "quoted" text""");
Console.WriteLine($$"""{ "a": {{n}} }""");
Console.WriteLine($"""
    {name}
      two
    """);
Console.WriteLine(@"c:\dir ""q""" + $@"\{n}\" + $"{n,5}|{n,-5}|{n:D3}|{1.5:F2}|{{}}");
Console.WriteLine($"{(n > 2 ? "big" : "small")} {name.ToUpper()} {new[] { 1, 2 }.Length}");
