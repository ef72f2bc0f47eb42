var s = true + 1;
