using System.Runtime.ExceptionServices;
using System.Threading;

namespace System;

internal enum LazyState { NoneViaConstructor, NoneViaFactory, NoneException, PublicationOnlyViaConstructor, PublicationOnlyViaFactory, PublicationOnlyWait, PublicationOnlyException, ExecutionAndPublicationViaConstructor, ExecutionAndPublicationViaFactory, ExecutionAndPublicationException }

/// LazyHelper (32 B): how to make the value; the lock too. Gone once the value is there.
internal sealed class LazyHelper
{
    private readonly LazyState _stateField;
    private readonly ExceptionDispatchInfo? _exceptionDispatch;

    internal LazyHelper(LazyState state) { _stateField = state; }

    internal LazyHelper(LazyState state, Exception exception)
    {
        _stateField = state;
        _exceptionDispatch = ExceptionDispatchInfo.Capture(exception);
    }

    internal LazyState State => _stateField;
    internal bool HasException => _exceptionDispatch != null;
    internal void ThrowException() => _exceptionDispatch!.Throw();
}

public class Lazy<T>
{
    private volatile LazyHelper? _state;
    private Func<T>? _factory;
    private T? _value;

    private static readonly LazyHelper s_noneViaFactory = new LazyHelper(LazyState.NoneViaFactory);
    private static readonly LazyHelper s_publicationViaFactory = new LazyHelper(LazyState.PublicationOnlyViaFactory);

    public Lazy(T value) { _value = value; }
    public Lazy(Func<T> valueFactory) : this(valueFactory, LazyThreadSafetyMode.ExecutionAndPublication) { }
    public Lazy(Func<T> valueFactory, bool isThreadSafe) : this(valueFactory, isThreadSafe ? LazyThreadSafetyMode.ExecutionAndPublication : LazyThreadSafetyMode.None) { }

    public Lazy(Func<T> valueFactory, LazyThreadSafetyMode mode)
    {
        if (valueFactory == null)
            TaskThrow.Null("valueFactory");
        _factory = valueFactory;
        if (mode == LazyThreadSafetyMode.None)
            _state = s_noneViaFactory;
        else if (mode == LazyThreadSafetyMode.PublicationOnly)
            _state = s_publicationViaFactory;
        else if (mode == LazyThreadSafetyMode.ExecutionAndPublication)
            _state = new LazyHelper(LazyState.ExecutionAndPublicationViaFactory);
        else
            TaskThrow.OutOfRange("mode", "The mode argument specifies an invalid value.");
    }

    public bool IsValueCreated => _state == null;
    public T Value => _state == null ? _value! : CreateValue();
    public override string? ToString() => IsValueCreated ? _value!.ToString() : "Value is not created.";

    private T CreateValue()
    {
        LazyHelper? state = _state;
        if (state != null)
        {
            if (state.HasException)
                state.ThrowException();
            if (state.State == LazyState.ExecutionAndPublicationViaFactory)
            {
                Monitor.Enter(state);
                try
                {
                    if (_state == state)
                        RunFactory(true);
                }
                finally
                {
                    Monitor.Exit(state);
                }
            }
            else if (state.State == LazyState.PublicationOnlyViaFactory)
            {
                T made = _factory!();
                if (Interlocked.CompareExchange(ref _state, null, state) == state)
                {
                    _factory = null;
                    _value = made;
                }
            }
            else
            {
                RunFactory(false);
            }
        }
        return Value;
    }

    private void RunFactory(bool threadSafe)
    {
        try
        {
            Func<T>? factory = _factory;
            if (factory == null)
                TaskThrow.InvalidOperation("ValueFactory attempted to access the Value property of this instance.");
            _factory = null;
            _value = factory!();
            _state = null;
        }
        catch (Exception e)
        {
            _state = new LazyHelper(threadSafe ? LazyState.ExecutionAndPublicationException : LazyState.NoneException, e);
            throw;
        }
    }
}
