using (int x = 1) { }
