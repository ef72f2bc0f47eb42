const var x = 1;
