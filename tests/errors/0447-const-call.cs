const int x = int.Parse("1");
