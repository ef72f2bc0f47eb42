var t = (1, null);
