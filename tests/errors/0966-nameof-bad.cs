var n = nameof(1 + 2);
