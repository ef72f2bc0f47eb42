lock (5) { }
