class P
{
    static async void G() { await Task.Delay(1); return 1; }
    static void Main() { }
}
