static class Tally
{
    public static int Total;
    public static string Last = "";
    public static object? Boxed;
    public static readonly object Lock = new();
    public static readonly string[] Texts = { "", "", "", "" };
    public static readonly Dictionary<string, int> Counts = new();
    public static readonly Exception Kept = new AppException(99);
    public static event Action<int>? Raised;

    static Tally()
    {
        Raised += n => Total += n & 1;
        Raised += n => Last += n & 1;
    }

    public static void Raise(int n) => Raised?.Invoke(n);
}
