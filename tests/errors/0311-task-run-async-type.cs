string s = await Task.Run(async () => { await Task.Delay(1); return 1; });
