class P
{
    static async void G() { await Task.Delay(1); }
    static async Task Main() { await G(); }
}
