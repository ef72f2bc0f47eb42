var x = 1 switch { 1 = 2 };
