int x = Math.Round(4.5);
