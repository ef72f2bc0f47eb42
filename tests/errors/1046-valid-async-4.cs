try { await Fail(); } catch (InvalidOperationException e) when (e.Message.Length > 0) { await Task.Delay(1); Console.WriteLine(e.Message); } finally { await Task.Yield(); Console.WriteLine("f"); }
static async Task Fail() { await Task.Yield(); throw new InvalidOperationException("bad"); }
