var s = -"a";
