int x = "5";
