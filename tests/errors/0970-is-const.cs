if (1 is "a") { }
