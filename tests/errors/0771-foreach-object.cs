object o = new List<int>();
foreach (var x in o) { }
