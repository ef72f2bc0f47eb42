class P { static void M(ref int x) { } static void Main() { var a = new List<int>(); M(ref a[0]); } }
