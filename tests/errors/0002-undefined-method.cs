Console.WriteLine("x");
DoIt(3);
