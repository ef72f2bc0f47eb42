using var x = new object();
