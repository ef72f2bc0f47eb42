var a = new { X = 1 };
a = new { X = "s" };
