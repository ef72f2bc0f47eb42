await Task.Run(() => { await Task.Delay(1); });
