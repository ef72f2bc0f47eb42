void F() { await Task.Delay(1); }
F();
