int n = await Task.FromResult("abc").Length;
