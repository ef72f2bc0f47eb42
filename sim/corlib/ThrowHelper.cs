// Throws kept out of line, so that the members that need them stay small.
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace System;

internal static class ThrowHelper
{
    [DoesNotReturn] internal static void ThrowNoValue() { throw new InvalidOperationException(SR.InvalidOperation_NoValue); }
    [DoesNotReturn] internal static void ThrowInvalidOperation(string message) { throw new InvalidOperationException(message); }
    [DoesNotReturn] internal static void ThrowVersion() { throw new InvalidOperationException(SR.InvalidOperation_EnumChanged); }
    [DoesNotReturn] internal static void ThrowNotSupported(string message) { throw new NotSupportedException(message); }
    [DoesNotReturn] internal static void ThrowArgument(string message) { throw new ArgumentException(message); }
    [DoesNotReturn] internal static void ThrowArgument(string message, string paramName) { throw new ArgumentException(message, paramName); }
    [DoesNotReturn] internal static void ThrowNull(string paramName) { throw new ArgumentNullException(paramName); }
    [DoesNotReturn] internal static void ThrowOutOfRange(string paramName) { throw new ArgumentOutOfRangeException(paramName); }
    [DoesNotReturn] internal static void ThrowOutOfRange(string paramName, string message) { throw new ArgumentOutOfRangeException(paramName, message); }
    [DoesNotReturn] internal static void ThrowNeedNonNegative(string paramName) { throw new ArgumentOutOfRangeException(paramName, SR.NeedNonNegNum); }
    [DoesNotReturn] internal static void ThrowIndex() { throw new ArgumentOutOfRangeException("index", SR.Index_Range); }
    [DoesNotReturn] internal static void ThrowOverflow(string message) { throw new OverflowException(message); }
    [DoesNotReturn] internal static void ThrowFormat(string message) { throw new FormatException(message); }
    [DoesNotReturn] internal static void ThrowIndexOutOfRange() { throw new IndexOutOfRangeException(); }

    [DoesNotReturn]
    internal static void ThrowKeyNotFound<TKey>(TKey key)
    {
        throw new KeyNotFoundException(string.Concat("The given key '", ((object?)key)?.ToString(), "' was not present in the dictionary."));
    }

    [DoesNotReturn]
    internal static void ThrowDuplicateKey<TKey>(TKey key)
    {
        throw new ArgumentException($"{SR.Argument_AddingDuplicateWithKey}{(object?)key}");
    }

    [DoesNotReturn]
    internal static void ThrowMustBe(string typeName) { throw new ArgumentException(string.Concat("Object must be of type ", typeName, ".")); }
}
