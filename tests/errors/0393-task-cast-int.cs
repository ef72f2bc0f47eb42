Task<int> t = Task.FromResult(1);
int x = (int)t;
