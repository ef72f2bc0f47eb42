bool b = true;
var x = b ? 1 : null;
