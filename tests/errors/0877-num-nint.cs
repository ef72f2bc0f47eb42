int x = sizeof(string);
