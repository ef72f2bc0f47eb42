string s = "a";
var l = s as List<int>;
