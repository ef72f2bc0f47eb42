decimal m = 1.5m;
double d = m;
