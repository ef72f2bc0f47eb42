// Dates and durations. The clock is the machine's: it starts at 2026-01-01T00:00:00Z and the local zone is UTC.
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace System;

public enum DateTimeKind { Unspecified, Utc, Local }

public readonly struct TimeSpan : IComparable, IComparable<TimeSpan>, IEquatable<TimeSpan>, IFormattable, IAppendable
{
    internal readonly long _ticks;

    public const long NanosecondsPerTick = 100;
    public const long TicksPerMicrosecond = 10;
    public const long TicksPerMillisecond = 10000;
    public const long TicksPerSecond = 10000000;
    public const long TicksPerMinute = 600000000;
    public const long TicksPerHour = 36000000000;
    public const long TicksPerDay = 864000000000;

    public static readonly TimeSpan Zero = new TimeSpan(0);
    public static readonly TimeSpan MaxValue = new TimeSpan(long.MaxValue);
    public static readonly TimeSpan MinValue = new TimeSpan(long.MinValue);

    public TimeSpan(long ticks) { _ticks = ticks; }
    public TimeSpan(int hours, int minutes, int seconds) { _ticks = Checked(0, hours, minutes, seconds, 0); }
    public TimeSpan(int days, int hours, int minutes, int seconds) { _ticks = Checked(days, hours, minutes, seconds, 0); }
    public TimeSpan(int days, int hours, int minutes, int seconds, int milliseconds) { _ticks = Checked(days, hours, minutes, seconds, milliseconds); }

    private static long Checked(int days, int hours, int minutes, int seconds, int milliseconds)
    {
        long ms = ((long)days * 86400 + (long)hours * 3600 + (long)minutes * 60 + seconds) * 1000 + milliseconds;
        if (ms > 922337203685477 || ms < -922337203685477) throw new ArgumentOutOfRangeException(null, SR.Overflow_TimeSpan);
        return ms * TicksPerMillisecond;
    }

    public long Ticks => _ticks;
    public int Days => (int)(_ticks / TicksPerDay);
    public int Hours => (int)(_ticks / TicksPerHour % 24);
    public int Minutes => (int)(_ticks / TicksPerMinute % 60);
    public int Seconds => (int)(_ticks / TicksPerSecond % 60);
    public int Milliseconds => (int)(_ticks / TicksPerMillisecond % 1000);
    public int Microseconds => (int)(_ticks / TicksPerMicrosecond % 1000);
    public int Nanoseconds => (int)(_ticks % TicksPerMicrosecond * 100);
    public double TotalDays => (double)_ticks / TicksPerDay;
    public double TotalHours => (double)_ticks / TicksPerHour;
    public double TotalMinutes => (double)_ticks / TicksPerMinute;
    public double TotalSeconds => (double)_ticks / TicksPerSecond;
    public double TotalMicroseconds => (double)_ticks / TicksPerMicrosecond;
    public double TotalNanoseconds => (double)_ticks * NanosecondsPerTick;
    public double TotalMilliseconds
    {
        get
        {
            double ms = (double)_ticks / TicksPerMillisecond;
            if (ms > 922337203685477) return 922337203685477;
            return ms < -922337203685477 ? -922337203685477 : ms;
        }
    }

    private static TimeSpan Interval(double value, double ticksPerUnit)
    {
        if (double.IsNaN(value)) throw new ArgumentException(SR.TimeSpan_NaN);
        double ticks = value * ticksPerUnit;
        if (ticks > long.MaxValue || ticks < long.MinValue) throw new OverflowException(SR.Overflow_TimeSpan);
        return ticks == long.MaxValue ? MaxValue : new TimeSpan((long)ticks);
    }

    public static TimeSpan FromDays(double value) => Interval(value, TicksPerDay);
    public static TimeSpan FromHours(double value) => Interval(value, TicksPerHour);
    public static TimeSpan FromMinutes(double value) => Interval(value, TicksPerMinute);
    public static TimeSpan FromSeconds(double value) => Interval(value, TicksPerSecond);
    public static TimeSpan FromMilliseconds(double value) => Interval(value, TicksPerMillisecond);
    public static TimeSpan FromMicroseconds(double value) => Interval(value, TicksPerMicrosecond);
    public static TimeSpan FromDays(int days) => new TimeSpan(days * TicksPerDay);
    public static TimeSpan FromHours(int hours) => new TimeSpan(hours * TicksPerHour);
    public static TimeSpan FromMinutes(long minutes) => Units(minutes, TicksPerMinute);
    public static TimeSpan FromSeconds(long seconds) => Units(seconds, TicksPerSecond);
    public static TimeSpan FromMilliseconds(long milliseconds) => Units(milliseconds, TicksPerMillisecond);
    public static TimeSpan FromTicks(long value) => new TimeSpan(value);

    private static TimeSpan Units(long value, long ticksPerUnit)
    {
        if (value > long.MaxValue / ticksPerUnit || value < long.MinValue / ticksPerUnit) throw new ArgumentOutOfRangeException(null, SR.Overflow_TimeSpan);
        return new TimeSpan(value * ticksPerUnit);
    }

    public TimeSpan Add(TimeSpan ts)
    {
        long sum = _ticks + ts._ticks;
        if (((_ticks ^ sum) & (ts._ticks ^ sum)) < 0) throw new OverflowException(SR.Overflow_TimeSpan);
        return new TimeSpan(sum);
    }

    public TimeSpan Subtract(TimeSpan ts)
    {
        long difference = _ticks - ts._ticks;
        if (((_ticks ^ ts._ticks) & (_ticks ^ difference)) < 0) throw new OverflowException(SR.Overflow_TimeSpan);
        return new TimeSpan(difference);
    }

    public TimeSpan Negate()
    {
        if (_ticks == long.MinValue) throw new OverflowException(SR.Overflow_NegateTwosComp);
        return new TimeSpan(-_ticks);
    }

    public TimeSpan Duration()
    {
        if (_ticks == long.MinValue) throw new OverflowException("The duration cannot be returned for TimeSpan.MinValue because the absolute value of TimeSpan.MinValue exceeds the value of TimeSpan.MaxValue.");
        return _ticks < 0 ? new TimeSpan(-_ticks) : this;
    }

    public TimeSpan Multiply(double factor) => Interval(Math.Round(_ticks * factor), 1);
    public TimeSpan Divide(double divisor) => Interval(Math.Round(_ticks / divisor), 1);
    public double Divide(TimeSpan ts) => (double)_ticks / ts._ticks;

    public static int Compare(TimeSpan t1, TimeSpan t2) => t1._ticks.CompareTo(t2._ticks);
    public static bool Equals(TimeSpan t1, TimeSpan t2) => t1._ticks == t2._ticks;
    public int CompareTo(TimeSpan value) => _ticks.CompareTo(value._ticks);
    public int CompareTo(object? value)
    {
        if (value == null) return 1;
        if (value is TimeSpan other) return CompareTo(other);
        ThrowHelper.ThrowMustBe("TimeSpan");
        return 0;
    }
    public bool Equals(TimeSpan obj) => _ticks == obj._ticks;
    public override bool Equals(object? value) => value is TimeSpan other && _ticks == other._ticks;
    public override int GetHashCode() => _ticks.GetHashCode();

    public static TimeSpan operator -(TimeSpan t) => t.Negate();
    public static TimeSpan operator +(TimeSpan t) => t;
    public static TimeSpan operator +(TimeSpan t1, TimeSpan t2) => t1.Add(t2);
    public static TimeSpan operator -(TimeSpan t1, TimeSpan t2) => t1.Subtract(t2);
    public static TimeSpan operator *(TimeSpan timeSpan, double factor) => timeSpan.Multiply(factor);
    public static TimeSpan operator *(double factor, TimeSpan timeSpan) => timeSpan.Multiply(factor);
    public static TimeSpan operator /(TimeSpan timeSpan, double divisor) => timeSpan.Divide(divisor);
    public static double operator /(TimeSpan t1, TimeSpan t2) => t1.Divide(t2);
    public static bool operator ==(TimeSpan t1, TimeSpan t2) => t1._ticks == t2._ticks;
    public static bool operator !=(TimeSpan t1, TimeSpan t2) => t1._ticks != t2._ticks;
    public static bool operator <(TimeSpan t1, TimeSpan t2) => t1._ticks < t2._ticks;
    public static bool operator <=(TimeSpan t1, TimeSpan t2) => t1._ticks <= t2._ticks;
    public static bool operator >(TimeSpan t1, TimeSpan t2) => t1._ticks > t2._ticks;
    public static bool operator >=(TimeSpan t1, TimeSpan t2) => t1._ticks >= t2._ticks;

    public override string ToString() => ToString(null);
    public string ToString(string? format)
    {
        DefaultInterpolatedStringHandler h = new DefaultInterpolatedStringHandler(0, 1);
        AppendText(ref h, format);
        return h.ToStringAndClear();
    }
    public string ToString(string? format, IFormatProvider? provider) => ToString(format);
    void IAppendable.AppendTo(ref DefaultInterpolatedStringHandler handler, string? format) { AppendText(ref handler, format); }

    private void AppendText(ref DefaultInterpolatedStringHandler h, string? format)
    {
        ulong ticks = _ticks < 0 ? (ulong)(-_ticks) : (ulong)_ticks;
        ulong days = ticks / (ulong)TicksPerDay;
        int hours = (int)(ticks / (ulong)TicksPerHour % 24), minutes = (int)(ticks / (ulong)TicksPerMinute % 60), seconds = (int)(ticks / (ulong)TicksPerSecond % 60);
        int fraction = (int)(ticks % (ulong)TicksPerSecond);
        char kind = string.IsNullOrEmpty(format) ? 'c' : format.Length == 1 ? format[0] : '\0';
        if (kind == 't' || kind == 'T') kind = 'c';
        if (kind == '\0')
        {
            AppendCustom(ref h, format!, (int)days, hours, minutes, seconds, fraction);
            return;
        }
        if (kind != 'c' && kind != 'g' && kind != 'G') throw new FormatException(SR.Format_InvalidString);
        if (_ticks < 0) h.AppendChar('-');
        if (days != 0 || kind == 'G')
        {
            h.AppendUInt64(days, null);
            h.AppendChar(kind == 'c' ? '.' : ':');
        }
        if (kind == 'g') h.AppendInt32(hours, null);
        else h.AppendDigits(hours, 2);
        h.AppendChar(':');
        h.AppendDigits(minutes, 2);
        h.AppendChar(':');
        h.AppendDigits(seconds, 2);
        if (fraction == 0 && kind != 'G') return;
        h.AppendChar('.');
        if (kind == 'g') AppendTrimmed(ref h, fraction, 7);
        else h.AppendDigits(fraction, 7);
    }

    // The first `width` of seven fraction digits, without zeros at the end.
    internal static int AppendTrimmed(ref DefaultInterpolatedStringHandler h, int fraction, int width)
    {
        for (int i = width; i < 7; i++) fraction /= 10;
        while (width > 0 && fraction % 10 == 0)
        {
            fraction /= 10;
            width--;
        }
        if (width > 0) h.AppendDigits(fraction, width);
        return width;
    }

    private static void AppendCustom(ref DefaultInterpolatedStringHandler h, string format, int days, int hours, int minutes, int seconds, int fraction)
    {
        int at = 0;
        while (at < format.Length)
        {
            char c = format[at];
            int run = 1;
            while (at + run < format.Length && format[at + run] == c) run++;
            switch (c)
            {
                case 'd': DateTimeFormat.AppendPadded(ref h, days, run); break;
                case 'h': DateTimeFormat.AppendPadded(ref h, hours, run); break;
                case 'm': DateTimeFormat.AppendPadded(ref h, minutes, run); break;
                case 's': DateTimeFormat.AppendPadded(ref h, seconds, run); break;
                case 'f': DateTimeFormat.AppendFraction(ref h, fraction, run); break;
                case 'F': AppendTrimmed(ref h, fraction, run); break;
                case '\\':
                    if (at + 1 >= format.Length) throw new FormatException(SR.Format_InvalidString);
                    h.AppendChar(format[at + 1]);
                    run = 2;
                    break;
                case '\'':
                case '"': run = DateTimeFormat.AppendQuoted(ref h, format, at); break;
                case '%': run = 1; break;
                default: throw new FormatException(SR.Format_InvalidString);
            }
            at += run;
        }
    }

    public static TimeSpan Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s, "input");
        TimeSpan result;
        int status = Read(s, out result);
        if (status == Number.TooLarge) throw new OverflowException(string.Concat("The TimeSpan string '", s, "' could not be parsed because at least one of the numeric components is out of range or contains too many digits."));
        if (status != Number.Ok) throw new FormatException(string.Concat("String '", s, "' was not recognized as a valid TimeSpan."));
        return result;
    }
    public static TimeSpan Parse(string input, IFormatProvider? formatProvider) => Parse(input);
    public static bool TryParse(string? input, IFormatProvider? formatProvider, out TimeSpan result) => TryParse(input, out result);

    /// `[-]d`, `[-][d.]hh:mm[:ss[.fffffff]]`.
    public static bool TryParse(string? s, out TimeSpan result) => Read(s, out result) == Number.Ok;

    private static int Read(string? s, out TimeSpan result)
    {
        result = Zero;
        if (s == null) return Number.Malformed;
        string text = s.Trim();
        bool negative = text.StartsWith('-');
        int at = negative ? 1 : 0;
        long days = 0, hours = 0, minutes = 0, seconds = 0, fraction = 0;
        if (!DateTimeFormat.ReadDigits(text, ref at, out days)) return Number.Malformed;
        if (at < text.Length)
        {
            if (text[at] == '.')
            {
                at++;
                if (!DateTimeFormat.ReadDigits(text, ref at, out hours)) return Number.Malformed;
            }
            else { hours = days; days = 0; }
            if (at >= text.Length || text[at++] != ':' || !DateTimeFormat.ReadDigits(text, ref at, out minutes)) return Number.Malformed;
            if (at < text.Length && text[at] == ':')
            {
                at++;
                if (!DateTimeFormat.ReadDigits(text, ref at, out seconds)) return Number.Malformed;
                if (at < text.Length && text[at] == '.' && !DateTimeFormat.ReadFraction(text, ref at, out fraction)) return Number.Malformed;
            }
        }
        if (at != text.Length) return Number.Malformed;
        if (hours > 23 || minutes > 59 || seconds > 59 || days > 10675199) return Number.TooLarge;
        long ticks = days * TicksPerDay + hours * TicksPerHour + minutes * TicksPerMinute + seconds * TicksPerSecond + fraction;
        result = new TimeSpan(negative ? -ticks : ticks);
        return Number.Ok;
    }
}

[StructLayout(LayoutKind.Auto)]
public readonly struct DateTime : IComparable, IComparable<DateTime>, IEquatable<DateTime>, IFormattable, IConvertible, IAppendable, IBoxedFormat
{
    private readonly ulong _dateData;           // 62 bits of ticks, 2 of kind

    private const ulong TicksMask = 0x3FFFFFFFFFFFFFFF;
    private const long MaxTicks = 3155378975999999999;

    // Days before each month; a leap year has one more from March on. First, because the other statics need it.
    private static readonly int[] s_daysBefore = new int[] { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365 };

    public static readonly DateTime MinValue = new DateTime(0L, DateTimeKind.Unspecified);
    public static readonly DateTime MaxValue = new DateTime(MaxTicks, DateTimeKind.Unspecified);
    public static readonly DateTime UnixEpoch = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public DateTime(long ticks) : this(ticks, DateTimeKind.Unspecified) { }
    public DateTime(long ticks, DateTimeKind kind)
    {
        if ((ulong)ticks > (ulong)MaxTicks) ThrowHelper.ThrowOutOfRange("ticks", SR.DateTime_BadTicks);
        if ((uint)kind > 2) throw new ArgumentException("Invalid DateTimeKind value.", "kind");
        _dateData = (ulong)ticks | ((ulong)(uint)kind << 62);
    }
    public DateTime(int year, int month, int day) : this(DateToTicks(year, month, day)) { }
    public DateTime(int year, int month, int day, int hour, int minute, int second) : this(DateToTicks(year, month, day) + TimeToTicks(hour, minute, second, 0)) { }
    public DateTime(int year, int month, int day, int hour, int minute, int second, DateTimeKind kind) : this(DateToTicks(year, month, day) + TimeToTicks(hour, minute, second, 0), kind) { }
    public DateTime(int year, int month, int day, int hour, int minute, int second, int millisecond) : this(DateToTicks(year, month, day) + TimeToTicks(hour, minute, second, millisecond)) { }
    public DateTime(int year, int month, int day, int hour, int minute, int second, int millisecond, DateTimeKind kind) : this(DateToTicks(year, month, day) + TimeToTicks(hour, minute, second, millisecond), kind) { }
    public DateTime(DateOnly date, TimeOnly time) : this(date.DayNumber * TimeSpan.TicksPerDay + time.Ticks) { }

    public static DateTime UtcNow => new DateTime(s_start + Scheduler.NowTicks(), DateTimeKind.Utc);
    public static DateTime Now => new DateTime(s_start + Scheduler.NowTicks(), DateTimeKind.Local);
    public static DateTime Today => Now.Date;
    private static readonly long s_start = DateToTicks(2026, 1, 1);

    public static bool IsLeapYear(int year)
    {
        if (year < 1 || year > 9999) ThrowHelper.ThrowOutOfRange("year", "Year must be between 1 and 9999.");
        return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    private static int DaysBefore(int year, int month) => s_daysBefore[month - 1] + (month > 2 && IsLeapYear(year) ? 1 : 0);

    public static int DaysInMonth(int year, int month)
    {
        if (month < 1 || month > 12) ThrowHelper.ThrowOutOfRange("month", "Month must be between one and twelve.");
        return month == 2 && IsLeapYear(year) ? 29 : s_daysBefore[month] - s_daysBefore[month - 1];
    }

    private static long DateToTicks(int year, int month, int day)
    {
        if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > DaysInMonth(year, month)) throw new ArgumentOutOfRangeException(null, SR.DateTime_Bad);
        int before = year - 1;
        return (before * 365L + before / 4 - before / 100 + before / 400 + DaysBefore(year, month) + day - 1) * TimeSpan.TicksPerDay;
    }

    private static long TimeToTicks(int hour, int minute, int second, int millisecond)
    {
        if ((uint)hour > 23 || (uint)minute > 59 || (uint)second > 59) throw new ArgumentOutOfRangeException(null, SR.DateTime_BadTime);
        if ((uint)millisecond > 999) ThrowHelper.ThrowOutOfRange("millisecond", "Valid values are between 0 and 999, inclusive.");
        return ((hour * 60L + minute) * 60 + second) * TimeSpan.TicksPerSecond + millisecond * TimeSpan.TicksPerMillisecond;
    }

    internal void Split(out int year, out int month, out int day)
    {
        int days = (int)(Ticks / TimeSpan.TicksPerDay);
        int era = days / 146097;
        days -= era * 146097;
        int century = days / 36524;
        if (century == 4) century = 3;
        days -= century * 36524;
        int four = days / 1461;
        days -= four * 1461;
        int one = days / 365;
        if (one == 4) one = 3;
        days -= one * 365;
        year = era * 400 + century * 100 + four * 4 + one + 1;
        month = 1;
        while (month < 12 && days >= DaysBefore(year, month + 1)) month++;
        day = days - DaysBefore(year, month) + 1;
    }

    public long Ticks => (long)(_dateData & TicksMask);
    public DateTimeKind Kind => (DateTimeKind)(_dateData >> 62);
    public DateTime Date => new DateTime(Ticks - Ticks % TimeSpan.TicksPerDay, Kind);
    public TimeSpan TimeOfDay => new TimeSpan(Ticks % TimeSpan.TicksPerDay);
    public int Year { get { int y, m, d; Split(out y, out m, out d); return y; } }
    public int Month { get { int y, m, d; Split(out y, out m, out d); return m; } }
    public int Day { get { int y, m, d; Split(out y, out m, out d); return d; } }
    public int DayOfYear { get { int y, m, d; Split(out y, out m, out d); return DaysBefore(y, m) + d; } }
    public DayOfWeek DayOfWeek => (DayOfWeek)((Ticks / TimeSpan.TicksPerDay + 1) % 7);
    public int Hour => (int)(Ticks / TimeSpan.TicksPerHour % 24);
    public int Minute => (int)(Ticks / TimeSpan.TicksPerMinute % 60);
    public int Second => (int)(Ticks / TimeSpan.TicksPerSecond % 60);
    public int Millisecond => (int)(Ticks / TimeSpan.TicksPerMillisecond % 1000);
    public int Microsecond => (int)(Ticks / TimeSpan.TicksPerMicrosecond % 1000);

    public DateTime AddTicks(long value)
    {
        long ticks = Ticks + value;
        if ((ulong)ticks > (ulong)MaxTicks) ThrowHelper.ThrowOutOfRange("value", SR.DateTime_Arithmetic);
        return new DateTime(ticks, Kind);
    }

    private DateTime AddUnits(double value, long ticksPerUnit)
    {
        double limit = (double)MaxTicks / ticksPerUnit;
        if (value != value || value >= limit + 1 || value <= -limit - 1) ThrowHelper.ThrowOutOfRange("value", "Value to add was out of range.");
        long whole = (long)value;
        return AddTicks(whole * ticksPerUnit + (long)((value - whole) * ticksPerUnit));
    }

    public DateTime Add(TimeSpan value) => AddTicks(value._ticks);
    public DateTime AddDays(double value) => AddUnits(value, TimeSpan.TicksPerDay);
    public DateTime AddHours(double value) => AddUnits(value, TimeSpan.TicksPerHour);
    public DateTime AddMinutes(double value) => AddUnits(value, TimeSpan.TicksPerMinute);
    public DateTime AddSeconds(double value) => AddUnits(value, TimeSpan.TicksPerSecond);
    public DateTime AddMilliseconds(double value) => AddUnits(value, TimeSpan.TicksPerMillisecond);
    public DateTime AddMonths(int months)
    {
        int year, month, day;
        Split(out year, out month, out day);
        int index = year * 12 + month - 1 + months;
        year = index / 12;
        month = index % 12 + 1;
        if (year < 1 || year > 9999 || months < -120000 || months > 120000) ThrowHelper.ThrowOutOfRange("months", SR.DateTime_Arithmetic);
        return new DateTime(DateToTicks(year, month, Math.Min(day, DaysInMonth(year, month))) + Ticks % TimeSpan.TicksPerDay, Kind);
    }
    public DateTime AddYears(int value) => AddMonths(value * 12);
    public TimeSpan Subtract(DateTime value) => new TimeSpan(Ticks - value.Ticks);
    public DateTime Subtract(TimeSpan value) => AddTicks(-value._ticks);
    public DateTime ToUniversalTime() => new DateTime(Ticks, DateTimeKind.Utc);
    public DateTime ToLocalTime() => new DateTime(Ticks, DateTimeKind.Local);
    public static DateTime SpecifyKind(DateTime value, DateTimeKind kind) => new DateTime(value.Ticks, kind);

    public static int Compare(DateTime t1, DateTime t2) => t1.Ticks.CompareTo(t2.Ticks);
    public static bool Equals(DateTime t1, DateTime t2) => t1.Ticks == t2.Ticks;
    public int CompareTo(DateTime value) => Ticks.CompareTo(value.Ticks);
    public int CompareTo(object? value)
    {
        if (value == null) return 1;
        if (value is DateTime other) return CompareTo(other);
        ThrowHelper.ThrowMustBe("DateTime");
        return 0;
    }
    public bool Equals(DateTime value) => Ticks == value.Ticks;
    public override bool Equals(object? value) => value is DateTime other && Ticks == other.Ticks;
    public override int GetHashCode() => Ticks.GetHashCode();
    public TypeCode GetTypeCode() => TypeCode.DateTime;

    public static DateTime operator +(DateTime d, TimeSpan t) => d.AddTicks(t._ticks);
    public static DateTime operator -(DateTime d, TimeSpan t) => d.AddTicks(-t._ticks);
    public static TimeSpan operator -(DateTime d1, DateTime d2) => new TimeSpan(d1.Ticks - d2.Ticks);
    public static bool operator ==(DateTime d1, DateTime d2) => d1.Ticks == d2.Ticks;
    public static bool operator !=(DateTime d1, DateTime d2) => d1.Ticks != d2.Ticks;
    public static bool operator <(DateTime t1, DateTime t2) => t1.Ticks < t2.Ticks;
    public static bool operator <=(DateTime t1, DateTime t2) => t1.Ticks <= t2.Ticks;
    public static bool operator >(DateTime t1, DateTime t2) => t1.Ticks > t2.Ticks;
    public static bool operator >=(DateTime t1, DateTime t2) => t1.Ticks >= t2.Ticks;

    public override string ToString() => ToString((string?)null);
    public string ToString(IFormatProvider? provider) => ToString((string?)null);
    public string ToString(string? format, IFormatProvider? provider) => ToString(format);
    public string ToString(string? format)
    {
        DefaultInterpolatedStringHandler h = new DefaultInterpolatedStringHandler(0, 1);
        DateTimeFormat.Append(ref h, this, DateTimeFormat.NoOffset, format);
        return h.ToStringAndClear();
    }
    void IAppendable.AppendTo(ref DefaultInterpolatedStringHandler handler, string? format) { DateTimeFormat.Append(ref handler, this, DateTimeFormat.NoOffset, format); }
    public string ToShortDateString() => ToString("d");
    public string ToLongDateString() => ToString("D");
    public string ToShortTimeString() => ToString("t");
    public string ToLongTimeString() => ToString("T");

    public static DateTime Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s, "s");
        DateTime result;
        if (!TryParse(s, out result)) throw new FormatException(string.Concat("String '", s, "' was not recognized as a valid DateTime."));
        return result;
    }
    public static DateTime ParseExact(string s, string format, IFormatProvider? provider) => ParseExact(s, format, provider, DateTimeStyles.None);

    public static DateTime ParseExact(string s, string format, IFormatProvider? provider, DateTimeStyles style)
    {
        ArgumentNullException.ThrowIfNull(s, "s");
        ArgumentNullException.ThrowIfNull(format, "format");
        DateTime result;
        if (!TryParseExact(s, format, provider, style, out result)) throw new FormatException(string.Concat("String '", s, "' was not recognized as a valid DateTime."));
        return result;
    }

    public static bool TryParseExact(string? s, string? format, IFormatProvider? provider, DateTimeStyles style, out DateTime result)
    {
        if (s != null && format != null)
            return DateTimeFormat.TryParseExact(s, format, out result);
        result = default(DateTime);
        return false;
    }

    public static DateTime Parse(string s, IFormatProvider? provider) => Parse(s);
    public static DateTime Parse(string s, IFormatProvider? provider, DateTimeStyles styles) => Parse(s);
    public static bool TryParse(string? s, IFormatProvider? provider, out DateTime result) => TryParse(s, out result);
    public static bool TryParse(string? s, out DateTime result)
    {
        int offset;
        return DateTimeFormat.TryParse(s, out result, out offset);
    }
}

[StructLayout(LayoutKind.Auto)]
public readonly struct DateTimeOffset : IComparable, IComparable<DateTimeOffset>, IEquatable<DateTimeOffset>, IFormattable, IAppendable, IBoxedText, IBoxedFormat
{
    private readonly DateTime _dateTime;            // UTC
    private readonly int _offsetMinutes;

    public static readonly DateTimeOffset MinValue = new DateTimeOffset(0, TimeSpan.Zero);
    public static readonly DateTimeOffset MaxValue = new DateTimeOffset(DateTime.MaxValue.Ticks, TimeSpan.Zero);
    public static readonly DateTimeOffset UnixEpoch = new DateTimeOffset(621355968000000000, TimeSpan.Zero);

    public DateTimeOffset(long ticks, TimeSpan offset)
    {
        if (offset.Ticks % TimeSpan.TicksPerMinute != 0) throw new ArgumentException("Offset must be specified in whole minutes.", "offset");
        if (offset.Ticks > 14 * TimeSpan.TicksPerHour || offset.Ticks < -14 * TimeSpan.TicksPerHour) throw new ArgumentOutOfRangeException("offset", "Offset must be within plus or minus 14 hours.");
        _offsetMinutes = (int)(offset.Ticks / TimeSpan.TicksPerMinute);
        _dateTime = new DateTime(ticks - offset.Ticks);
    }
    public DateTimeOffset(DateTime dateTime) : this(dateTime.Ticks, TimeSpan.Zero) { }
    public DateTimeOffset(DateTime dateTime, TimeSpan offset) : this(dateTime.Ticks, offset) { }
    public DateTimeOffset(int year, int month, int day, int hour, int minute, int second, TimeSpan offset) : this(new DateTime(year, month, day, hour, minute, second).Ticks, offset) { }
    public DateTimeOffset(int year, int month, int day, int hour, int minute, int second, int millisecond, TimeSpan offset) : this(new DateTime(year, month, day, hour, minute, second, millisecond).Ticks, offset) { }

    public static DateTimeOffset UtcNow => new DateTimeOffset(DateTime.UtcNow.Ticks, TimeSpan.Zero);
    public static DateTimeOffset Now => UtcNow;
    public static DateTimeOffset FromUnixTimeSeconds(long seconds) => new DateTimeOffset(seconds * TimeSpan.TicksPerSecond + 621355968000000000, TimeSpan.Zero);
    public static DateTimeOffset FromUnixTimeMilliseconds(long milliseconds) => new DateTimeOffset(milliseconds * TimeSpan.TicksPerMillisecond + 621355968000000000, TimeSpan.Zero);

    private DateTime Clock => new DateTime(Ticks);
    public TimeSpan Offset => new TimeSpan(_offsetMinutes * TimeSpan.TicksPerMinute);
    public long Ticks => _dateTime.Ticks + _offsetMinutes * TimeSpan.TicksPerMinute;
    public long UtcTicks => _dateTime.Ticks;
    public DateTime DateTime => Clock;
    public DateTime UtcDateTime => DateTime.SpecifyKind(_dateTime, DateTimeKind.Utc);
    public DateTime LocalDateTime => DateTime.SpecifyKind(_dateTime, DateTimeKind.Local);
    public DateTime Date => Clock.Date;
    public TimeSpan TimeOfDay => Clock.TimeOfDay;
    public DayOfWeek DayOfWeek => Clock.DayOfWeek;
    public int Year => Clock.Year;
    public int Month => Clock.Month;
    public int Day => Clock.Day;
    public int Hour => Clock.Hour;
    public int Minute => Clock.Minute;
    public int Second => Clock.Second;
    public int Millisecond => Clock.Millisecond;
    public long ToUnixTimeSeconds() => _dateTime.Ticks / TimeSpan.TicksPerSecond - 62135596800;
    public long ToUnixTimeMilliseconds() => _dateTime.Ticks / TimeSpan.TicksPerMillisecond - 62135596800000;
    public DateTimeOffset ToOffset(TimeSpan offset) => new DateTimeOffset(_dateTime.Ticks + offset.Ticks, offset);
    public DateTimeOffset ToUniversalTime() => new DateTimeOffset(_dateTime.Ticks, TimeSpan.Zero);
    public DateTimeOffset ToLocalTime() => ToUniversalTime();
    private DateTimeOffset With(DateTime clock) => new DateTimeOffset(clock.Ticks, Offset);
    public DateTimeOffset Add(TimeSpan timeSpan) => With(Clock.Add(timeSpan));
    public DateTimeOffset AddTicks(long ticks) => With(Clock.AddTicks(ticks));
    public DateTimeOffset AddMilliseconds(double milliseconds) => With(Clock.AddMilliseconds(milliseconds));
    public DateTimeOffset AddSeconds(double seconds) => With(Clock.AddSeconds(seconds));
    public DateTimeOffset AddMinutes(double minutes) => With(Clock.AddMinutes(minutes));
    public DateTimeOffset AddHours(double hours) => With(Clock.AddHours(hours));
    public DateTimeOffset AddDays(double days) => With(Clock.AddDays(days));
    public DateTimeOffset AddMonths(int months) => With(Clock.AddMonths(months));
    public DateTimeOffset AddYears(int years) => With(Clock.AddYears(years));
    public TimeSpan Subtract(DateTimeOffset value) => new TimeSpan(UtcTicks - value.UtcTicks);
    public DateTimeOffset Subtract(TimeSpan value) => With(Clock.Subtract(value));

    public static int Compare(DateTimeOffset first, DateTimeOffset second) => first.UtcTicks.CompareTo(second.UtcTicks);
    public int CompareTo(DateTimeOffset other) => UtcTicks.CompareTo(other.UtcTicks);
    int IComparable.CompareTo(object? obj)
    {
        if (obj == null) return 1;
        if (obj is DateTimeOffset other) return CompareTo(other);
        ThrowHelper.ThrowMustBe("DateTimeOffset");
        return 0;
    }
    public bool Equals(DateTimeOffset other) => UtcTicks == other.UtcTicks;
    public override bool Equals(object? obj) => obj is DateTimeOffset other && UtcTicks == other.UtcTicks;
    public override int GetHashCode() => UtcTicks.GetHashCode();
    public static implicit operator DateTimeOffset(DateTime dateTime) => new DateTimeOffset(dateTime);
    public static DateTimeOffset operator +(DateTimeOffset dateTimeOffset, TimeSpan timeSpan) => dateTimeOffset.Add(timeSpan);
    public static DateTimeOffset operator -(DateTimeOffset dateTimeOffset, TimeSpan timeSpan) => dateTimeOffset.Subtract(timeSpan);
    public static TimeSpan operator -(DateTimeOffset left, DateTimeOffset right) => left.Subtract(right);
    public static bool operator ==(DateTimeOffset left, DateTimeOffset right) => left.UtcTicks == right.UtcTicks;
    public static bool operator !=(DateTimeOffset left, DateTimeOffset right) => left.UtcTicks != right.UtcTicks;
    public static bool operator <(DateTimeOffset left, DateTimeOffset right) => left.UtcTicks < right.UtcTicks;
    public static bool operator <=(DateTimeOffset left, DateTimeOffset right) => left.UtcTicks <= right.UtcTicks;
    public static bool operator >(DateTimeOffset left, DateTimeOffset right) => left.UtcTicks > right.UtcTicks;
    public static bool operator >=(DateTimeOffset left, DateTimeOffset right) => left.UtcTicks >= right.UtcTicks;

    public override string ToString() => ToString(null);
    public string ToString(string? format, IFormatProvider? provider) => ToString(format);
    public string ToString(string? format)
    {
        DefaultInterpolatedStringHandler h = new DefaultInterpolatedStringHandler(0, 1);
        DateTimeFormat.Append(ref h, Clock, _offsetMinutes, format);
        return h.ToStringAndClear();
    }
    void IAppendable.AppendTo(ref DefaultInterpolatedStringHandler handler, string? format) { DateTimeFormat.Append(ref handler, Clock, _offsetMinutes, format); }

    public static DateTimeOffset Parse(string input)
    {
        ArgumentNullException.ThrowIfNull(input, "input");
        DateTimeOffset result;
        if (!TryParse(input, out result)) throw new FormatException(string.Concat("String '", input, "' was not recognized as a valid DateTime."));
        return result;
    }
    public static bool TryParse(string? input, out DateTimeOffset result)
    {
        DateTime clock;
        int offset;
        bool ok = DateTimeFormat.TryParse(input, out clock, out offset);
        result = ok ? new DateTimeOffset(clock.Ticks, new TimeSpan((offset == DateTimeFormat.NoOffset ? 0 : offset) * TimeSpan.TicksPerMinute)) : default(DateTimeOffset);
        return ok;
    }
}

public readonly struct DateOnly : IComparable, IComparable<DateOnly>, IEquatable<DateOnly>, IFormattable, IAppendable, IBoxedText, IBoxedFormat
{
    private readonly int _dayNumber;

    private DateOnly(int dayNumber) { _dayNumber = dayNumber; }
    public DateOnly(int year, int month, int day) { _dayNumber = (int)(new DateTime(year, month, day).Ticks / TimeSpan.TicksPerDay); }

    public static DateOnly MinValue => new DateOnly(0);
    public static DateOnly MaxValue => new DateOnly(3652058);
    public static DateOnly FromDayNumber(int dayNumber)
    {
        if ((uint)dayNumber > 3652058) ThrowHelper.ThrowOutOfRange("dayNumber", "Day number must be between 0 and DateOnly.MaxValue.DayNumber.");
        return new DateOnly(dayNumber);
    }
    public static DateOnly FromDateTime(DateTime dateTime) => new DateOnly((int)(dateTime.Ticks / TimeSpan.TicksPerDay));

    private DateTime Start => new DateTime(_dayNumber * TimeSpan.TicksPerDay);
    public int DayNumber => _dayNumber;
    public int Year => Start.Year;
    public int Month => Start.Month;
    public int Day => Start.Day;
    public DayOfWeek DayOfWeek => Start.DayOfWeek;
    public int DayOfYear => Start.DayOfYear;
    public DateOnly AddDays(int value) => FromDayNumber(_dayNumber + value);
    public DateOnly AddMonths(int value) => FromDateTime(Start.AddMonths(value));
    public DateOnly AddYears(int value) => FromDateTime(Start.AddYears(value));
    public DateTime ToDateTime(TimeOnly time) => new DateTime(this, time);

    public int CompareTo(DateOnly value) => _dayNumber.CompareTo(value._dayNumber);
    public int CompareTo(object? value)
    {
        if (value == null) return 1;
        if (value is DateOnly other) return CompareTo(other);
        ThrowHelper.ThrowMustBe("DateOnly");
        return 0;
    }
    public bool Equals(DateOnly value) => _dayNumber == value._dayNumber;
    public override bool Equals(object? value) => value is DateOnly other && _dayNumber == other._dayNumber;
    public override int GetHashCode() => _dayNumber;
    public static bool operator ==(DateOnly left, DateOnly right) => left._dayNumber == right._dayNumber;
    public static bool operator !=(DateOnly left, DateOnly right) => left._dayNumber != right._dayNumber;
    public static bool operator <(DateOnly left, DateOnly right) => left._dayNumber < right._dayNumber;
    public static bool operator <=(DateOnly left, DateOnly right) => left._dayNumber <= right._dayNumber;
    public static bool operator >(DateOnly left, DateOnly right) => left._dayNumber > right._dayNumber;
    public static bool operator >=(DateOnly left, DateOnly right) => left._dayNumber >= right._dayNumber;

    public override string ToString() => Start.ToString("d");
    public string ToString(string? format) => Start.ToString(Standard(format));
    public string ToString(string? format, IFormatProvider? provider) => ToString(format);
    private static string Standard(string? format) => string.IsNullOrEmpty(format) ? "d" : format == "o" || format == "O" ? "yyyy-MM-dd" : format;
    void IAppendable.AppendTo(ref DefaultInterpolatedStringHandler handler, string? format) { DateTimeFormat.Append(ref handler, Start, DateTimeFormat.NoOffset, Standard(format)); }
    public static DateOnly Parse(string s) => FromDateTime(DateTime.Parse(s));
}

public readonly struct TimeOnly : IComparable, IComparable<TimeOnly>, IEquatable<TimeOnly>, IFormattable, IAppendable, IBoxedText, IBoxedFormat
{
    private readonly ulong _ticks;

    public TimeOnly(long ticks)
    {
        if ((ulong)ticks >= (ulong)TimeSpan.TicksPerDay) ThrowHelper.ThrowOutOfRange("ticks", "Ticks must be between 0 and and TimeOnly.MaxValue.Ticks.");
        _ticks = (ulong)ticks;
    }
    public TimeOnly(int hour, int minute) : this(hour, minute, 0) { }
    public TimeOnly(int hour, int minute, int second) { _ticks = (ulong)new DateTime(1, 1, 1, hour, minute, second).Ticks; }

    public static TimeOnly MinValue => default(TimeOnly);
    public static TimeOnly MaxValue => new TimeOnly(TimeSpan.TicksPerDay - 1);
    public static TimeOnly FromDateTime(DateTime dateTime) => new TimeOnly(dateTime.TimeOfDay.Ticks);
    public static TimeOnly FromTimeSpan(TimeSpan timeSpan) => new TimeOnly(timeSpan.Ticks);
    public long Ticks => (long)_ticks;
    public int Hour => (int)(Ticks / TimeSpan.TicksPerHour);
    public int Minute => (int)(Ticks / TimeSpan.TicksPerMinute % 60);
    public int Second => (int)(Ticks / TimeSpan.TicksPerSecond % 60);
    public int Millisecond => (int)(Ticks / TimeSpan.TicksPerMillisecond % 1000);
    public TimeSpan ToTimeSpan() => new TimeSpan(Ticks);
    public TimeOnly Add(TimeSpan value)
    {
        long ticks = (Ticks + value.Ticks % TimeSpan.TicksPerDay + TimeSpan.TicksPerDay) % TimeSpan.TicksPerDay;
        return new TimeOnly(ticks);
    }
    public TimeOnly AddHours(double value) => Add(TimeSpan.FromHours(value));
    public TimeOnly AddMinutes(double value) => Add(TimeSpan.FromMinutes(value));

    public int CompareTo(TimeOnly value) => _ticks.CompareTo(value._ticks);
    public int CompareTo(object? value)
    {
        if (value == null) return 1;
        if (value is TimeOnly other) return CompareTo(other);
        ThrowHelper.ThrowMustBe("TimeOnly");
        return 0;
    }
    public bool Equals(TimeOnly value) => _ticks == value._ticks;
    public override bool Equals(object? value) => value is TimeOnly other && _ticks == other._ticks;
    public override int GetHashCode() => _ticks.GetHashCode();
    public static TimeSpan operator -(TimeOnly t1, TimeOnly t2) => new TimeSpan((t1.Ticks - t2.Ticks + TimeSpan.TicksPerDay) % TimeSpan.TicksPerDay);
    public static bool operator ==(TimeOnly left, TimeOnly right) => left._ticks == right._ticks;
    public static bool operator !=(TimeOnly left, TimeOnly right) => left._ticks != right._ticks;
    public static bool operator <(TimeOnly left, TimeOnly right) => left._ticks < right._ticks;
    public static bool operator <=(TimeOnly left, TimeOnly right) => left._ticks <= right._ticks;
    public static bool operator >(TimeOnly left, TimeOnly right) => left._ticks > right._ticks;
    public static bool operator >=(TimeOnly left, TimeOnly right) => left._ticks >= right._ticks;

    public override string ToString() => ToString(null);
    public string ToString(string? format) => new DateTime(Ticks).ToString(Standard(format));
    public string ToString(string? format, IFormatProvider? provider) => ToString(format);
    private static string Standard(string? format) => string.IsNullOrEmpty(format) ? "t" : format == "o" || format == "O" ? "HH:mm:ss.fffffff" : format;
    void IAppendable.AppendTo(ref DefaultInterpolatedStringHandler handler, string? format) { DateTimeFormat.Append(ref handler, new DateTime(Ticks), DateTimeFormat.NoOffset, Standard(format)); }
}

internal static class DateTimeFormat
{
    internal const int NoOffset = int.MinValue;

    private static readonly string[] s_days = new string[] { "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday" };
    private static readonly string[] s_months = new string[]
    {
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    };

    private static string Expand(char c, bool hasOffset)
    {
        switch (c)
        {
            case 'd': return "MM/dd/yyyy";
            case 'D': return "dddd, dd MMMM yyyy";
            case 'f': return "dddd, dd MMMM yyyy HH:mm";
            case 'F': return "dddd, dd MMMM yyyy HH:mm:ss";
            case 'g': return "MM/dd/yyyy HH:mm";
            case 'G': return hasOffset ? "MM/dd/yyyy HH:mm:ss zzz" : "MM/dd/yyyy HH:mm:ss";
            case 'm':
            case 'M': return "MMMM dd";
            case 'o':
            case 'O': return "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK";
            case 'r':
            case 'R': return "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'";
            case 's': return "yyyy'-'MM'-'dd'T'HH':'mm':'ss";
            case 't': return "HH:mm";
            case 'T': return "HH:mm:ss";
            case 'u': return "yyyy'-'MM'-'dd HH':'mm':'ss'Z'";
            case 'U': return "dddd, dd MMMM yyyy HH:mm:ss";
            case 'y':
            case 'Y': return "yyyy MMMM";
            default: throw new FormatException(SR.Format_InvalidString);
        }
    }

    internal static void AppendPadded(ref DefaultInterpolatedStringHandler h, int value, int width)
    {
        int digits = 1;
        for (int rest = value / 10; rest != 0; rest /= 10) digits++;
        h.AppendDigits(value, digits > width ? digits : width);
    }

    internal static void AppendFraction(ref DefaultInterpolatedStringHandler h, int fraction, int width)
    {
        if (width > 7) throw new FormatException(SR.Format_InvalidString);
        for (int i = width; i < 7; i++) fraction /= 10;
        h.AppendDigits(fraction, width);
    }

    internal static int AppendQuoted(ref DefaultInterpolatedStringHandler h, string format, int at)
    {
        int end = format.IndexOf(format[at], at + 1);
        if (end < 0) throw new FormatException("Cannot find a matching quote character for the character '" + format[at].ToString() + "'.");
        h.AppendRange(format, at + 1, end - at - 1);
        return end - at + 1;
    }

    private static void AppendOffset(ref DefaultInterpolatedStringHandler h, int minutes, int run)
    {
        h.AppendChar(minutes < 0 ? '-' : '+');
        if (minutes < 0) minutes = -minutes;
        AppendPadded(ref h, minutes / 60, run == 1 ? 1 : 2);
        if (run < 3) return;
        h.AppendChar(':');
        h.AppendDigits(minutes % 60, 2);
    }

    internal static void Append(ref DefaultInterpolatedStringHandler h, DateTime time, int offset, string? format)
    {
        bool hasOffset = offset != NoOffset;
        if (string.IsNullOrEmpty(format)) format = Expand('G', hasOffset);
        else if (format.Length == 1)
        {
            if (hasOffset && (format[0] == 'r' || format[0] == 'R' || format[0] == 'u')) time = time.AddTicks(-offset * TimeSpan.TicksPerMinute);
            format = format[0] == 'G' ? Expand('G', false) : Expand(format[0], hasOffset);
        }
        int year, month, day;
        time.Split(out year, out month, out day);
        int fraction = (int)(time.Ticks % TimeSpan.TicksPerSecond), hour = time.Hour, at = 0;
        while (at < format.Length)
        {
            char c = format[at];
            int run = 1;
            while (at + run < format.Length && format[at + run] == c) run++;
            switch (c)
            {
                case 'y':
                    if (run <= 2) AppendPadded(ref h, year % 100, run);
                    else AppendPadded(ref h, year, run);
                    break;
                case 'M':
                    if (run <= 2) AppendPadded(ref h, month, run);
                    else h.AppendRange(s_months[month - 1], 0, run == 3 ? 3 : s_months[month - 1].Length);
                    break;
                case 'd':
                    if (run <= 2) AppendPadded(ref h, day, run);
                    else
                    {
                        string name = s_days[(int)time.DayOfWeek];
                        h.AppendRange(name, 0, run == 3 ? 3 : name.Length);
                    }
                    break;
                case 'H': AppendPadded(ref h, hour, run > 2 ? 2 : run); break;
                case 'h': AppendPadded(ref h, hour % 12 == 0 ? 12 : hour % 12, run > 2 ? 2 : run); break;
                case 'm': AppendPadded(ref h, time.Minute, run > 2 ? 2 : run); break;
                case 's': AppendPadded(ref h, time.Second, run > 2 ? 2 : run); break;
                case 'f': AppendFraction(ref h, fraction, run); break;
                case 'F': TimeSpan.AppendTrimmed(ref h, fraction, run); break;
                case 't': h.AppendRange(hour < 12 ? "AM" : "PM", 0, run == 1 ? 1 : 2); break;
                case 'z': AppendOffset(ref h, hasOffset ? offset : 0, run); break;
                case 'K':
                    run = 1;
                    if (hasOffset) AppendOffset(ref h, offset, 3);
                    else if (time.Kind == DateTimeKind.Utc) h.AppendChar('Z');
                    else if (time.Kind == DateTimeKind.Local) AppendOffset(ref h, 0, 3);
                    break;
                case 'g': h.AppendLiteral("A.D."); break;
                case '\\':
                    if (at + 1 >= format.Length) throw new FormatException(SR.Format_InvalidString);
                    h.AppendChar(format[at + 1]);
                    run = 2;
                    break;
                case '\'':
                case '"': run = AppendQuoted(ref h, format, at); break;
                case '%': run = 1; break;
                case '.':
                    // A point that no fraction follows goes too.
                    run = 1;
                    if (at + 1 < format.Length && format[at + 1] == 'F')
                    {
                        int n = 1;
                        while (at + 1 + n < format.Length && format[at + 1 + n] == 'F') n++;
                        int shown = fraction;
                        for (int i = n; i < 7; i++) shown /= 10;
                        if (shown == 0) run = n + 1;
                        else h.AppendChar('.');
                    }
                    else h.AppendChar('.');
                    break;
                default:
                    h.AppendChar(c);
                    run = 1;
                    break;
            }
            at += run;
        }
    }

    internal static bool ReadDigits(string text, ref int at, out long value)
    {
        value = 0;
        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]) && at - start < 10) value = value * 10 + text[at++] - '0';
        return at > start;
    }

    internal static bool ReadFraction(string text, ref int at, out long ticks)
    {
        ticks = 0;
        int start = ++at;
        long unit = 1000000;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            ticks += (text[at++] - '0') * unit;
            unit /= 10;
        }
        return at > start;
    }

    /// Numbers and literal text by a pattern of y, M, d, H, h, m, s, f, tt, quotes and backslashes.
    internal static bool TryParseExact(string text, string format, out DateTime result)
    {
        result = default(DateTime);
        int at = 0, year = 1, month = 1, day = 1, hour = 0, minute = 0, second = 0;
        long fraction = 0;
        bool afternoon = false, twelve = false;
        for (int i = 0; i < format.Length;)
        {
            char c = format[i];
            int run = 1;
            while (i + run < format.Length && format[i + run] == c)
                run++;
            if (c == 't')
            {
                if (at + run > text.Length)
                    return false;
                afternoon = text[at] == 'P' || text[at] == 'p';
                twelve = true;
                at += run > 2 ? 2 : run;
                i += run;
            }
            else if (c == 'M' && run >= 3)
            {
                month = 0;
                for (int name = 1; name <= 12 && month == 0; name++)
                {
                    string full = new DateTime(1, name, 1).ToString(run == 3 ? "MMM" : "MMMM");
                    if (at + full.Length <= text.Length && string.Equals(text.Substring(at, full.Length), full, StringComparison.OrdinalIgnoreCase))
                    {
                        month = name;
                        at += full.Length;
                    }
                }
                if (month == 0)
                    return false;
                i += run;
            }
            else if ("yMdHhmsf".Contains(c))
            {
                int start = at, most = run == 1 ? 2 : run, value = 0;
                while (at < text.Length && at - start < most && char.IsAsciiDigit(text[at]))
                    value = value * 10 + (text[at++] - '0');
                if (at == start || (run > 1 && at - start < run))
                    return false;
                switch (c)
                {
                    case 'y': year = run <= 2 ? value < 50 ? 2000 + value : 1900 + value : value; break;
                    case 'M': month = value; break;
                    case 'd': day = value; break;
                    case 'H': hour = value; break;
                    case 'h': hour = value; twelve = true; break;
                    case 'm': minute = value; break;
                    case 's': second = value; break;
                    default:
                        fraction = value;
                        for (int digits = at - start; digits < 7; digits++)
                            fraction *= 10;
                        break;
                }
                i += run;
            }
            else if (c == '\'' || c == '"')
            {
                for (i++; i < format.Length && format[i] != c; i++)
                    if (at >= text.Length || text[at++] != format[i])
                        return false;
                i++;
            }
            else
            {
                if (c == '\\' && i + 1 < format.Length)
                    c = format[++i];
                if (at >= text.Length || text[at++] != c)
                    return false;
                i++;
            }
        }
        if (twelve)
            hour = hour % 12 + (afternoon ? 12 : 0);
        if (at != text.Length || year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return false;
        result = new DateTime(year, month, day, hour, minute, second).AddTicks(fraction);
        return true;
    }

    /// `yyyy-MM-dd` or `MM/dd/yyyy`, then optionally `T` or a space, `HH:mm[:ss[.f]]`, and `Z` or `+hh:mm`.
    internal static bool TryParse(string? s, out DateTime result, out int offset)
    {
        result = default(DateTime);
        offset = NoOffset;
        if (s == null) return false;
        string text = s.Trim();
        int at = 0;
        long a, b, c, hour = 0, minute = 0, second = 0, fraction = 0;
        if (!ReadDigits(text, ref at, out a) || at >= text.Length) return false;
        char separator = text[at++];
        if ((separator != '-' && separator != '/') || !ReadDigits(text, ref at, out b) || at >= text.Length || text[at++] != separator || !ReadDigits(text, ref at, out c)) return false;
        long year = a > 31 ? a : c, month = a > 31 ? b : a, day = a > 31 ? c : b;
        DateTimeKind kind = DateTimeKind.Unspecified;
        if (at < text.Length)
        {
            if (text[at] != 'T' && text[at] != ' ') return false;
            at++;
            if (!ReadDigits(text, ref at, out hour) || at >= text.Length || text[at++] != ':' || !ReadDigits(text, ref at, out minute)) return false;
            if (at < text.Length && text[at] == ':')
            {
                at++;
                if (!ReadDigits(text, ref at, out second)) return false;
                if (at < text.Length && text[at] == '.' && !ReadFraction(text, ref at, out fraction)) return false;
            }
            while (at < text.Length && text[at] == ' ') at++;
            if (at < text.Length && text[at] == 'Z')
            {
                at++;
                offset = 0;
                kind = DateTimeKind.Local;
            }
            else if (at < text.Length && (text[at] == '+' || text[at] == '-'))
            {
                bool negative = text[at++] == '-';
                long oh, om = 0;
                if (!ReadDigits(text, ref at, out oh)) return false;
                if (at < text.Length && text[at] == ':')
                {
                    at++;
                    if (!ReadDigits(text, ref at, out om)) return false;
                }
                offset = (int)(oh * 60 + om);
                if (negative) offset = -offset;
                kind = DateTimeKind.Local;
            }
        }
        if (at != text.Length || year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return false;
        if (day > DateTime.DaysInMonth((int)year, (int)month)) return false;
        DateTime clock = new DateTime((int)year, (int)month, (int)day, (int)hour, (int)minute, (int)second);
        result = new DateTime(clock.Ticks + fraction, kind);
        return true;
    }
}
