if (not true) { }
