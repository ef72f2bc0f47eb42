await using var x = new System.IO.StringReader("a");
