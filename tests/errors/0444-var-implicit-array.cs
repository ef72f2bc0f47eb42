var a = new[] { 1, "a" };
