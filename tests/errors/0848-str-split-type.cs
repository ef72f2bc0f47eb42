string[] p = "a b".Split(1.5);
