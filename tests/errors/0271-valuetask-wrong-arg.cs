var v = new ValueTask<int>("a");
