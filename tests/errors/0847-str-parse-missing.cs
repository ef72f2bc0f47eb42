int n = int.parse("5");
