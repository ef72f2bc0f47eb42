var l = new int[3];
if (l.Count > 1) { }
