TimeSpan t = 5;
