static class Help
{
    public static T Same<T>(T value) => value;
    public static int Three(int a, string b, int c) => unchecked(a + b.Length + c);
    public static (int, int) Swap((int, int) pair) => (pair.Item2, pair.Item1);
    public static void Half(int n, out int half) => half = n / 2;
}
