char c = null;
