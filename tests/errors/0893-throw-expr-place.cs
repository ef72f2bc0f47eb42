var x = 1 + throw new Exception();
