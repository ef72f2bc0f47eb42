_ = int.TryParse("1", out _); var (a, _) = (1, 2); Func<int, int, int> f = (_, _) => 1; Console.WriteLine(f(1, 2) + a); foreach (var _ in new[] { 1 }) { } _ = a switch { 1 => "x", _ => "y" };
