int i = 5;
byte b = i;
