class P { void Main() { } }
