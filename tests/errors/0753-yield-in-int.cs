class P { static int G() { yield return 1; } static void Main() { } }
