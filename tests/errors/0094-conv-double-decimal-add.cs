decimal m = 1.5m;
double d = 2;
var r = m + d;
