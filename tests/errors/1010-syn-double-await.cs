await await Task.Delay(1);
