await Task.Delay(1).ConfigureAwait();
