int d = DateTime.Now - DateTime.Now;
