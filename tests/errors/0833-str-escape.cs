string s = "c:\quest";
