await using var x = new object();
