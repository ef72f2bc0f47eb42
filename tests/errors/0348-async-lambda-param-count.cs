Func<int, Task<int>> f = async () => 1;
