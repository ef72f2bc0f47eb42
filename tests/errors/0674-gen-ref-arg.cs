Func<ref int> f = null;
