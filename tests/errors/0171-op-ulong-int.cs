ulong u = 1;
int i = 2;
var x = u + i;
