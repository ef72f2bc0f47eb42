int f = () => 1;
