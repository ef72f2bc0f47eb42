return "a";
