int.TryParse("1", out n);
