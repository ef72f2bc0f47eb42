int x = 5;
x();
