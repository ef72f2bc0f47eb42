var l = new List<int>().Select(x => { });
