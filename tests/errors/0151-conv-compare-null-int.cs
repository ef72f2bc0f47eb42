int i = 0;
if (i > "a") { }
