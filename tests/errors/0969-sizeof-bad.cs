var n = typeof(x);
