var a = new { X = 1, X = 2 };
