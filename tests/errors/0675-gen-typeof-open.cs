var t = typeof(List<,>);
