int x = 1;
var y = x?.ToString();
