string s = null;
var x = s ?? 5;
