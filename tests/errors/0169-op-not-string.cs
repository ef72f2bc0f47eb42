var s = !"a";
