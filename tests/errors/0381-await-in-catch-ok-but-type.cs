try { await Task.Delay(1); } catch (Exception e) { string s = await Task.FromResult(2); } finally { await Task.Yield(); }
