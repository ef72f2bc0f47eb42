int n = int.Parse(5);
