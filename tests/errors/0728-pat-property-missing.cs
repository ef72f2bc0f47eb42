string s = "a";
if (s is { Lenght: 1 }) { }
