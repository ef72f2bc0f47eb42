Span<int> s = stackalloc int[3]; s[0] = 1; Console.WriteLine(s.Length);
