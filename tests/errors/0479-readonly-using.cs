using var r = new System.IO.StringReader("a");
r = null;
