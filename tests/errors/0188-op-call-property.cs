string s = "a";
Console.WriteLine(s.Length());
