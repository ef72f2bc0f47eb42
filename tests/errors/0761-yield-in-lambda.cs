Func<IEnumerable<int>> f = () => { yield return 1; };
