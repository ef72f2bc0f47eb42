int x = 1;
x switch { 1 => Console.WriteLine(1), _ => Console.WriteLine(2) };
