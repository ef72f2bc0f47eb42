if (true > false) { }
