var x = int;
