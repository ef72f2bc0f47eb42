foreach (var x in null) { }
