Nullable<string> x = null;
