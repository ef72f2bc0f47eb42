var a = new { X = 1 };
a.X = 2;
