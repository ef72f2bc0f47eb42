await async Task.Delay(1);
