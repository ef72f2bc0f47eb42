Action f = async () => { await Task.Delay(1); return 1; };
