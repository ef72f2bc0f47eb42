string s = "a";
if (s is > 5) { }
