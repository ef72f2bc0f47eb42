try { } catch (string e) { }
