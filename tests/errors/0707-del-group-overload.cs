Func<string, int> f = int.TryParse;
