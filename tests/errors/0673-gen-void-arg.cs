List<void> l = null;
