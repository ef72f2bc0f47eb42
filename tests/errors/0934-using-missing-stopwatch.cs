var s = Stopwatch.StartNew();
