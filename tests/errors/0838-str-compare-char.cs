string s = "a";
if (s == 'a') { }
