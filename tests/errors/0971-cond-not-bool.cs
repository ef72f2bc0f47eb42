string s = "a";
var x = s ? 1 : 2;
