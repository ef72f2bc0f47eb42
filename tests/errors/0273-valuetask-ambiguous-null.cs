var v = new ValueTask<string>(null);
