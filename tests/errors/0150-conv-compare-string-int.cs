string s = "1";
if (s == 1) { }
