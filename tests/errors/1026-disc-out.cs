int.TryParse("1", out _);
var x = _;
