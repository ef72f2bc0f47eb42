class P { static void G() { yield break; } static void Main() { } }
