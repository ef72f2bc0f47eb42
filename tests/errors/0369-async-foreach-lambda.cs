new List<int>().ForEach(async x => { await Task.Delay(1); return 1; });
