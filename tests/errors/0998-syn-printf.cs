printf("x");
