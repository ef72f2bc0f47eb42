var d = new List<Task>();
async Task F() { await Task.Yield(); }
d.Add(F);
