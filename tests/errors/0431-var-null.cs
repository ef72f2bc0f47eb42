var x = null;
