int x = await Task.Run(() => { });
