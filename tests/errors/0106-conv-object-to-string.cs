object o = "a";
string s = o;
