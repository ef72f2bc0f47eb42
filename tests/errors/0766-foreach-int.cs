foreach (var x in 5) { }
