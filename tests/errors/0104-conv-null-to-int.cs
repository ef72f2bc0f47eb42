int x = null;
