Math.Max(1, 2,);
