using (var x = new List<int>()) { }
