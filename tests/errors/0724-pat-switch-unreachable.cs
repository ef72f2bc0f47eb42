int x = 1;
var y = x switch { _ => 1, 2 => 2 };
