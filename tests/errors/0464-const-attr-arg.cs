class A { static string s = "a"; [Obsolete(s)] static void Main() { } }
