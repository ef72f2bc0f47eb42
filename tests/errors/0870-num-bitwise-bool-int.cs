bool b = true & 1;
