int x = 1;
int y = x switch { 1 => 1, _ => "a" };
