int.TryParse("1", out string s);
