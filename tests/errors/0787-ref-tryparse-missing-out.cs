int x;
int.TryParse("1", x);
