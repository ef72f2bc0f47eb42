var x = await Task.Delay(1);
