var n = "abc".Substring("a");
