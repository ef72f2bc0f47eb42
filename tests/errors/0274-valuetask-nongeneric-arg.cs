var v = new ValueTask(1);
