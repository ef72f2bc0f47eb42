Action a = () => await Task.Delay(1);
