// DateTime, TimeSpan, DateOnly, TimeOnly, DateTimeOffset, Guid: arithmetic and formatting.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

var d = new DateTime(2024, 2, 29, 23, 59, 58, 123);
Console.WriteLine($"{d} {d:d} {d:D} {d:t} {d:T} {d:f} {d:F} {d:g} {d:G} {d:M} {d:Y} {d:s} {d:u} {d:o} {d:R}");
Console.WriteLine($"{d:yyyy-MM-dd HH:mm:ss.fff} {d:dd/MM/yy} {d:ddd dddd MMM MMMM} {d:h:mm tt} {d:%d} {d:HH'h'mm} {d:FFF} {d:ffffff} {d:yy y} {d:\\Q}");
Console.WriteLine($"{d.AddDays(1):s} {d.AddMonths(12):d} {d.AddYears(-1):d} {d.DayOfWeek} {d.DayOfYear} {d.Date:s} {d.TimeOfDay} {d.Ticks} {d.Kind} {DateTime.IsLeapYear(2024)} {DateTime.DaysInMonth(2023, 2)} {(d - new DateTime(2024, 1, 1)).TotalDays:F3} {d > DateTime.MinValue} {d.CompareTo(d)} {DateTime.MaxValue:o} {d.AddMilliseconds(1.5):fffffff} {new DateTime(5).Ticks} {DateTime.UnixEpoch:o} {d.ToUniversalTime().Kind} {DateTime.SpecifyKind(d, DateTimeKind.Utc):o}");
var t = new TimeSpan(1, 2, 3, 4, 5);
Console.WriteLine($"{t} {t:c} {t:g} {t:G} {t:hh\\:mm} {t:d\\.hh} {t.TotalHours:F4} {t.Days} {-t} {t * 2} {t / 2} {TimeSpan.FromSeconds(90)} {TimeSpan.FromMilliseconds(1500)} {TimeSpan.FromMinutes(1.5)} {TimeSpan.Zero} {TimeSpan.MaxValue} {TimeSpan.FromDays(-1.25)} {t + TimeSpan.FromHours(22)} {t > TimeSpan.Zero} {t.Duration()} {TimeSpan.FromTicks(1)} {t.Negate().Ticks} {TimeSpan.Parse("1.02:03:04")} {TimeSpan.FromSeconds(0.001)} {TimeSpan.FromHours(25)} {t.TotalMilliseconds} {t:ss\\.fff}");
var od = new DateOnly(2024, 12, 31);
var ot = new TimeOnly(13, 5, 9);
Console.WriteLine($"{od} {od:yyyy/MM/dd} {od.AddDays(1)} {od.DayNumber} {ot} {ot:HH:mm:ss} {ot.AddHours(12)} {od.ToDateTime(ot):s} {DateOnly.FromDateTime(d)} {TimeOnly.FromDateTime(d):O} {od:o} {ot.Hour} {od.DayOfWeek}");
var o = new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.FromHours(2));
Console.WriteLine($"{o} {o:o} {o.UtcDateTime:s} {o.ToUnixTimeSeconds()} {o.Offset} {o.AddHours(1):s} {o == o.ToUniversalTime()} {DateTimeOffset.FromUnixTimeSeconds(0):u} {o.ToOffset(TimeSpan.Zero)}");
var g = new Guid("00112233-4455-6677-8899-aabbccddeeff");
Console.WriteLine($"{g} {g:N} {g:B} {g:P} {Guid.Empty} {g == Guid.Parse("{00112233-4455-6677-8899-aabbccddeeff}")} {g.ToByteArray()[0]} {g.CompareTo(Guid.Empty)} {Guid.TryParse("x", out _)} {Guid.NewGuid() != Guid.NewGuid()}");
Console.WriteLine(DateTime.Parse("2024-03-04 05:06:07").ToString("s") + " " + DateTime.TryParse("bad", out var dt) + dt.ToString("s") + " " + DateTime.Parse("2024-01-01T00:00:00Z").Kind + " " + DateTime.Parse("12/25/2024").Month);
foreach (var a in new Action[]
{
    () => new DateTime(2023, 2, 29),
    () => DateTime.MaxValue.AddDays(1),
    () => TimeSpan.FromDays(1e10),
    () => new DateOnly(2024, 13, 1),
    () => new TimeOnly(25, 0),
    () => new Guid("q"),
    () => DateTime.MinValue.AddMonths(-1),
    () => d.ToString("q"),
    () => TimeSpan.Parse("x"),
    () => t.ToString("zz"),
    () => new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.FromHours(15))
}

)
    try
    {
        a();
        Console.WriteLine("ok");
    }
    catch (Exception e)
    {
        Console.WriteLine(e.GetType().Name + ": " + e.Message.ReplaceLineEndings("|"));
    }
