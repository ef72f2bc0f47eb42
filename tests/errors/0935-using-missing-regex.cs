var r = new Regex("a");
