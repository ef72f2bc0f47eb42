List l = null;
