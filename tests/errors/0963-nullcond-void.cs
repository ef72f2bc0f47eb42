string s = null;
var x = s?.CopyTo(0, null, 0, 0);
