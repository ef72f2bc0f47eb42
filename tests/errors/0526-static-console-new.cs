var c = new Console();
