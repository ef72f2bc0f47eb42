const string s = 1;
