string s = 5;
