class P { static async ValueTask Main() { await Task.Yield(); } }
