var s = "a" * 3;
