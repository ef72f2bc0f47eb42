if (true) { } elif (false) { }
