var a = new Func<int>("x");
