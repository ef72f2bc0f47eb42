Func<int, Task<int>> f = async (string s) => 1;
