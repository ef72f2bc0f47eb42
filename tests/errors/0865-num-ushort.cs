ushort x = 70000;
