string? s = Environment.GetEnvironmentVariable("NOPE_X");
Console.WriteLine(s is { Length: > 0 } v ? v : "none");
var p = (X: 1, Y: -"x");
var q = p switch { { X: > 0, Y: > 0 } => 1, { X: > 0, Y: < 0 } => 4, _ => 0 };
Console.WriteLine(q);
if (s is null or "") Console.WriteLine("empty");
