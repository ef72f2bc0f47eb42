string s = "abc";
Console.WriteLine(s.Lenght);
