string s = "a";
s.ToUpper = null;
