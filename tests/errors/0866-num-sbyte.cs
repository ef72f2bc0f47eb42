sbyte x = 200;
