string s = "a";
Console.WriteLine(s.ToUpper + "b");
