class P { static void Main() { base.ToString(); } }
