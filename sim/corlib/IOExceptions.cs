namespace System.IO;

public class IOException : SystemException
{
    public IOException() : base(SR.IOException) { HResult = HResults.IOException; }
    public IOException(string? message) : base(message ?? SR.IOException) { HResult = HResults.IOException; }
    public IOException(string? message, Exception? innerException) : base(message ?? SR.IOException, innerException) { HResult = HResults.IOException; }
}

public class EndOfStreamException : IOException
{
    public EndOfStreamException() : base(SR.EndOfStreamException) { HResult = HResults.EndOfStreamException; }
    public EndOfStreamException(string? message) : base(message ?? SR.EndOfStreamException) { HResult = HResults.EndOfStreamException; }
    public EndOfStreamException(string? message, Exception? innerException) : base(message ?? SR.EndOfStreamException, innerException) { HResult = HResults.EndOfStreamException; }
}

public class FileNotFoundException : IOException
{
    public FileNotFoundException() : base(SR.FileNotFoundException) { HResult = HResults.FileNotFoundException; }
    public FileNotFoundException(string? message) : base(message ?? SR.FileNotFoundException) { HResult = HResults.FileNotFoundException; }
    public FileNotFoundException(string? message, Exception? innerException) : base(message ?? SR.FileNotFoundException, innerException) { HResult = HResults.FileNotFoundException; }
    public FileNotFoundException(string? message, string? fileName) : this(message) { FileName = fileName; }

    public string? FileName { get; }
}

public class DirectoryNotFoundException : IOException
{
    public DirectoryNotFoundException() : base(SR.DirectoryNotFoundException) { HResult = HResults.DirectoryNotFoundException; }
    public DirectoryNotFoundException(string? message) : base(message ?? SR.DirectoryNotFoundException) { HResult = HResults.DirectoryNotFoundException; }
    public DirectoryNotFoundException(string? message, Exception? innerException) : base(message ?? SR.DirectoryNotFoundException, innerException) { HResult = HResults.DirectoryNotFoundException; }
}

public sealed class InvalidDataException : SystemException
{
    public InvalidDataException() : base(SR.InvalidDataException) { HResult = HResults.InvalidDataException; }
    public InvalidDataException(string? message) : base(message ?? SR.InvalidDataException) { HResult = HResults.InvalidDataException; }
    public InvalidDataException(string? message, Exception? innerException) : base(message ?? SR.InvalidDataException, innerException) { HResult = HResults.InvalidDataException; }
}
