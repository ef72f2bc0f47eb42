class P
{
    static async void Main() { await Task.Delay(1); }
}
