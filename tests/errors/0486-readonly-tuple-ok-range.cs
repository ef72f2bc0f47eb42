var l = (1, 2);
l.Item3 = 4;
