int i = 65;
char c = i;
