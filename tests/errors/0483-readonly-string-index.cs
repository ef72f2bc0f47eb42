string s = "abc";
s[0] = 'x';
