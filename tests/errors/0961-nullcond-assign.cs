string s = null;
s?.Length = 3;
