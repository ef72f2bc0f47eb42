catch (Exception e) { }
