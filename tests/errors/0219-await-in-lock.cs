object o = new();
lock (o)
{
    await Task.Delay(1);
}
