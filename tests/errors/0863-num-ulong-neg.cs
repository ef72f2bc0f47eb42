ulong x = -5;
