try { } catch (MyException e) { }
