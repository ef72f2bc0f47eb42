namespace Microsoft.Win32.SafeHandles;

/// What stands for the operating system's event.
public sealed class SafeWaitHandle
{
    private long handle;                    // bit 0: signaled, bit 1: resets itself
    private int _state;
    private bool _ownsHandle;
    private bool _fullyInitialized;

    internal SafeWaitHandle(bool signaled, bool autoReset)
    {
        handle = (signaled ? 1 : 0) | (autoReset ? 2 : 0);
        _state = 4;
        _ownsHandle = true;
        _fullyInitialized = true;
    }

    internal bool AutoReset => (handle & 2) != 0;

    internal bool Signaled
    {
        get => (handle & 1) != 0;
        set => handle = (handle & 2) | (value ? 1L : 0L);
    }

    /// With the gate held.
    internal bool TryTake()
    {
        if ((handle & 1) == 0)
            return false;
        if ((handle & 2) != 0)
            handle = 2;
        return true;
    }
}
