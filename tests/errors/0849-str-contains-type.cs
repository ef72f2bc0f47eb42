bool p = "a b".Contains(1);
