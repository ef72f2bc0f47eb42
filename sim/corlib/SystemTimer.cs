// System.Timers.Timer: a timer as a component with an event.
using System.Threading;

namespace System.Timers;

public class ElapsedEventArgs : EventArgs
{
    private readonly DateTime _signalTime;

    public ElapsedEventArgs(DateTime signalTime) { _signalTime = signalTime; }
    public DateTime SignalTime => _signalTime;
}

public delegate void ElapsedEventHandler(object? sender, ElapsedEventArgs e);

public class Timer : IDisposable
{
    private double _interval;
    private bool _enabled;
    private bool _autoReset = true;
    private bool _disposed;
    private System.Threading.Timer? _timer;
    private object? _cookie;        // of the timer that is on: callbacks of an earlier one are ignored

    public event ElapsedEventHandler? Elapsed;

    public Timer() { _interval = 100; }

    public Timer(double interval)
    {
        Check(interval, "interval");
        _interval = interval;
    }

    public Timer(TimeSpan interval) : this(interval.TotalMilliseconds) { }

    private static void Check(double interval, string name)
    {
        if (interval <= 0 || Math.Ceiling(interval) > int.MaxValue)
            TaskThrow.Argument("Invalid value '" + interval.ToString() + "' for parameter '" + name + "'.", name);
    }

    public bool AutoReset
    {
        get => _autoReset;
        set
        {
            _autoReset = value;
            Change();
        }
    }

    public double Interval
    {
        get => _interval;
        set
        {
            Check(value, "value");
            _interval = value;
            Change();
        }
    }

    private int Milliseconds => (int)Math.Ceiling(_interval);

    private void Change()
    {
        if (_timer != null)
            _timer.Change(Milliseconds, _autoReset ? Milliseconds : -1);
    }

    public bool Enabled
    {
        get => _enabled;
        set
        {
            if (_enabled == value)
                return;
            if (value && _disposed)
                TaskThrow.Disposed(GetType().FullName!);
            _enabled = value;
            if (!value)
            {
                Stopped();
                return;
            }
            _cookie = new object();
            _timer = new System.Threading.Timer(Tick, _cookie, Milliseconds, _autoReset ? Milliseconds : -1);
        }
    }

    private void Stopped()
    {
        _cookie = null;
        if (_timer != null)
            _timer.Dispose();
        _timer = null;
    }

    private void Tick(object? cookie)
    {
        if (cookie != _cookie)
            return;
        if (!_autoReset)
            _enabled = false;
        try
        {
            ElapsedEventHandler? elapsed = Elapsed;
            if (elapsed != null)
                elapsed(this, new ElapsedEventArgs(DateTime.Now));
        }
        catch (Exception)
        {
            // as in .NET: what handlers throw is lost
        }
    }

    public void Start() => Enabled = true;
    public void Stop() => Enabled = false;

    public void Close()
    {
        Enabled = false;
        Stopped();
    }

    public void Dispose()
    {
        _disposed = true;
        Close();
    }
}
