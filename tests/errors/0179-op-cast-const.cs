byte b = (byte)300;
