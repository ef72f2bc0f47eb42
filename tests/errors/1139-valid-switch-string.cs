string s = "b"; switch (s) { case "a": case "b": Console.WriteLine("ab"); break; case null: break; case { Length: 3 }: return; default: throw new Exception(); }
int n = s switch { "a" => 1, "b" when s.Length == 1 => 2, _ => 3 }; Console.WriteLine(n); char c = 'x'; switch (c) { case >= 'a' and <= 'z': Console.WriteLine("l"); break; }
