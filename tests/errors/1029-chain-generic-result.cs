class P { static async Task<List<string>> G() { await Task.Yield(); return new(); } static async Task Main() { List<int> x = await G(); } }
