string s = "hello
world";
