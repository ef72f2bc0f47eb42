string s = 'a';
