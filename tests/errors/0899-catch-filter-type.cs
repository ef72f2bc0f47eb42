try { } catch (Exception e) when (1) { }
