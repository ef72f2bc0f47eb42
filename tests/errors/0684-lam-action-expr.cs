Action f = () => 5;
