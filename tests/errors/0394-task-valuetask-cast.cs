Task<int> t = Task.FromResult(1);
var x = (ValueTask<int>)t;
