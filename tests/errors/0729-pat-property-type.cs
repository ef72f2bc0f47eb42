string s = "a";
if (s is { Length: "1" }) { }
