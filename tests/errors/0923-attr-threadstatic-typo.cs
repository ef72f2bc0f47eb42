class P { [ThreadStatc] static int x; static void Main() { } }
