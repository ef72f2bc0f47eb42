var x = String;
