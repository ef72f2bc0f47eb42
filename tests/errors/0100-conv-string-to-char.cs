char c = "a";
