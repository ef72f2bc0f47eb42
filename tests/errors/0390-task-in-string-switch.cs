Task<string> t = Task.FromResult("a");
switch (t) { case "a": break; }
