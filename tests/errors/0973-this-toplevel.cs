Console.WriteLine(this);
