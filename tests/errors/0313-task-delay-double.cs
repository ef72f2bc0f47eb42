await Task.Delay(1.5);
