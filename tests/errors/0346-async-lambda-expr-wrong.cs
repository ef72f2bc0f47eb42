Func<Task<int>> f = async () => "a";
