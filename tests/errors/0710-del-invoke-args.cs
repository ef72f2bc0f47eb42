Action<int> a = x => { };
a.Invoke();
