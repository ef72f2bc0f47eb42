throw "oops";
