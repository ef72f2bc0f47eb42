Task<void> t = null;
