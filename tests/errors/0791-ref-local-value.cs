int a = 1;
ref int x = a;
