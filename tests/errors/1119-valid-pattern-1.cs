object[] xs = { 1, "two", 3.0, null!, new int[] { 1, 2 }, 'c', -5L };
foreach (var x in xs)
    Console.WriteLine(x switch { int i when i > 0 => "pos" + i, string { Length: > 2 } s => s, double d and > 2 => "d" + d, null => "null", int[] and [var a, .., var b] => $"{a}{b}", char and (>= 'a' and <= 'z') => "lower", not null => x.GetType().Name });
