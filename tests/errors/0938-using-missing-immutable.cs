ImmutableList<int> l = null;
