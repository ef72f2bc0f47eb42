class P { static void M(ref int x) { } static void Main() { foreach (var a in new[] { 1 }) M(ref a); } }
