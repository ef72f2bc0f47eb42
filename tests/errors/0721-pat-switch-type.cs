int x = 1;
var y = x switch { "a" => 1, _ => 2 };
