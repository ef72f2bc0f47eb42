class S
{
    ManualResetValueTaskSourceCore<int> core;
    static void Main() { }
}
