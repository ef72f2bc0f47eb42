TimeSpan t = TimeSpan.FromSeconds("5");
