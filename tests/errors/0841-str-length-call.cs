var n = "abc".Length();
