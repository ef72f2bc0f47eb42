uint u = -1;
