List<object> l = new List<string>();
