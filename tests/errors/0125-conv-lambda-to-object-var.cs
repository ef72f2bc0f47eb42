var f = x => x;
