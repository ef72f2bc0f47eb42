_ = 1;
Console.WriteLine(_);
