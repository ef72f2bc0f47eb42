var x = new List<int>()[1..2];
