int x = 0;
lock (x) { }
