var d = new Dictionary<int, Task<int>>();
d[1] = 5;
