string a = ["a"];
