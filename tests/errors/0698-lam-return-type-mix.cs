var f = (bool b) => { if (b) return 1; return "a"; };
