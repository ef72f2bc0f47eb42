string name = "a";
Console.WriteLine($"hi {nme}");
