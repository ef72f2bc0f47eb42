var n = string.Format();
