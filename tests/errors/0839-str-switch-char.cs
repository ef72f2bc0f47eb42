string s = "a";
switch (s) { case 'a': break; }
