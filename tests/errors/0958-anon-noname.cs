var a = new { 1 + 2 };
