try { } finally { return; }
