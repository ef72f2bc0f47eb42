var t = Exception("a");
