var t = (1, 2);
if (t is (1, 2, 3)) { }
