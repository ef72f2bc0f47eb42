async int F() { await Task.Delay(1); return 1; }
