bool b = true;
b++;
