string s = "a";
s -= "b";
