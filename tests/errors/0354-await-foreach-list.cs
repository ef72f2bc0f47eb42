await foreach (var x in new List<int>()) { }
