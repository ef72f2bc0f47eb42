var x = new();
