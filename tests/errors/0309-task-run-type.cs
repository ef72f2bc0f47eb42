int x = await Task.Run(() => "a");
