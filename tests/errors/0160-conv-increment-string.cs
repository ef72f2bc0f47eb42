string s = "a";
s++;
