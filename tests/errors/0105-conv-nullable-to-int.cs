int? n = 5;
int x = n;
