int x = 1;
var y = x switch { 1 => 1, _ => "a" };
