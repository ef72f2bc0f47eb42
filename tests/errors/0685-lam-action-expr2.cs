int x = 1;
Action f = () => x;
