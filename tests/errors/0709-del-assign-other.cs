Action<int> a = x => { };
Action b = a;
