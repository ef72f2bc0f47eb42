String[] a = ["x"
