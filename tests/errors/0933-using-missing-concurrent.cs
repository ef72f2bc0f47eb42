var d = new ConcurrentDictionary<int, int>();
