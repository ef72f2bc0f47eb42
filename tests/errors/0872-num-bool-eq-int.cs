if (true == 1) { }
