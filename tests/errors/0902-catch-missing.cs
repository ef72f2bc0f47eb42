try { Console.WriteLine(); }
