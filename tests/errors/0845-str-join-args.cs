string s = string.Join(1);
