ref int x;
