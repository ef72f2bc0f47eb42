namespace System.Collections.Generic;

public class KeyNotFoundException : SystemException
{
    public KeyNotFoundException() : base(SR.KeyNotFoundException) { HResult = HResults.KeyNotFoundException; }
    public KeyNotFoundException(string? message) : base(message ?? SR.KeyNotFoundException) { HResult = HResults.KeyNotFoundException; }
    public KeyNotFoundException(string? message, Exception? innerException) : base(message ?? SR.KeyNotFoundException, innerException) { HResult = HResults.KeyNotFoundException; }
}
