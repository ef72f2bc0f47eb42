uint b = (uint)-1;
