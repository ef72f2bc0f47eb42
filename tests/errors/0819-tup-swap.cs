int a = 1; string b = "x";
(a, b) = (b, a);
