namespace System.Threading;

public class SynchronizationLockException : SystemException
{
    public SynchronizationLockException() : base(SR.SynchronizationLockException) { HResult = HResults.SynchronizationLockException; }
    public SynchronizationLockException(string? message) : base(message ?? SR.SynchronizationLockException) { HResult = HResults.SynchronizationLockException; }
    public SynchronizationLockException(string? message, Exception? innerException) : base(message ?? SR.SynchronizationLockException, innerException) { HResult = HResults.SynchronizationLockException; }
}

public class SemaphoreFullException : SystemException
{
    public SemaphoreFullException() : base(SR.SemaphoreFullException) { HResult = HResults.SemaphoreFullException; }
    public SemaphoreFullException(string? message) : base(message ?? SR.SemaphoreFullException) { HResult = HResults.SemaphoreFullException; }
    public SemaphoreFullException(string? message, Exception? innerException) : base(message ?? SR.SemaphoreFullException, innerException) { HResult = HResults.SemaphoreFullException; }
}

public class ThreadInterruptedException : SystemException
{
    public ThreadInterruptedException() : base(SR.ThreadInterruptedException) { HResult = HResults.ThreadInterruptedException; }
    public ThreadInterruptedException(string? message) : base(message ?? SR.ThreadInterruptedException) { HResult = HResults.ThreadInterruptedException; }
    public ThreadInterruptedException(string? message, Exception? innerException) : base(message ?? SR.ThreadInterruptedException, innerException) { HResult = HResults.ThreadInterruptedException; }
}

public class ThreadStateException : SystemException
{
    public ThreadStateException() : base(SR.ThreadStateException) { HResult = HResults.ThreadStateException; }
    public ThreadStateException(string? message) : base(message ?? SR.ThreadStateException) { HResult = HResults.ThreadStateException; }
    public ThreadStateException(string? message, Exception? innerException) : base(message ?? SR.ThreadStateException, innerException) { HResult = HResults.ThreadStateException; }
}

public class AbandonedMutexException : SystemException
{
    public AbandonedMutexException() : base(SR.AbandonedMutexException) { HResult = HResults.AbandonedMutexException; }
    public AbandonedMutexException(string? message) : base(message ?? SR.AbandonedMutexException) { HResult = HResults.AbandonedMutexException; }
    public AbandonedMutexException(string? message, Exception? innerException) : base(message ?? SR.AbandonedMutexException, innerException) { HResult = HResults.AbandonedMutexException; }
}

public class LockRecursionException : Exception
{
    public LockRecursionException() { }
    public LockRecursionException(string? message) : base(message) { }
    public LockRecursionException(string? message, Exception? innerException) : base(message, innerException) { }
}
