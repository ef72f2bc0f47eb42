switch (Console.WriteLine()) { case 1: break; }
