int x = Math.Max(1, 2L);
