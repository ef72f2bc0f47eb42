try { }
catch (Exception e) when (await Task.FromResult(true)) { }
