// Dates, times, spans, a seeded Random.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
// DateTime/TimeSpan/Random/Stopwatch/Environment usage
var sw = System.Diagnostics.Stopwatch.StartNew();
await Task.Delay(20);
sw.Stop();
Console.WriteLine(sw.ElapsedMilliseconds >= 15 && sw.Elapsed.TotalSeconds < 5);
long ts = System.Diagnostics.Stopwatch.GetTimestamp();
Console.WriteLine(System.Diagnostics.Stopwatch.GetElapsedTime(ts).TotalSeconds < 5);
sw.Restart();
Console.WriteLine(sw.IsRunning);
var d1 = DateTime.UtcNow;
await Task.Delay(5);
Console.WriteLine(DateTime.UtcNow > d1);
Console.WriteLine(new DateTime(2024, 2, 28).AddDays(2).ToString("MMM d") + new DateTime(2024, 12, 31).DayOfYear + (new DateTime(2024, 3, 1) - new DateTime(2023, 3, 1)).Days);
Console.WriteLine(DateTime.TryParse("2024-05-06 07:08", out var dt) + " " + dt.Hour + DateTime.ParseExact("06/05/2024", "dd/MM/yyyy", null).Month);
Console.WriteLine(TimeSpan.FromHours(25).ToString() + TimeSpan.Parse("1.02:03:04").TotalHours.ToString("F2") + new TimeSpan(0, 90, 0).Hours + TimeSpan.FromSeconds(1.5).Add(TimeSpan.FromMilliseconds(500)).TotalSeconds + TimeSpan.MaxValue.Days + (TimeSpan.FromMinutes(1) < TimeSpan.FromSeconds(61)) + TimeSpan.FromMinutes(2) / 4 + TimeSpan.FromSeconds(10) / TimeSpan.FromSeconds(4));
var rnd = new Random(123);
Console.WriteLine(string.Join(",", Enumerable.Range(0, 5).Select(_ => rnd.Next(1, 100))));
Console.WriteLine(Environment.GetEnvironmentVariable("NOPE_X") ?? "none");
Console.WriteLine(DateOnly.FromDateTime(new DateTime(2024, 1, 2)).AddDays(30) + " " + TimeOnly.FromTimeSpan(TimeSpan.FromHours(13.5)).AddHours(11));
Console.WriteLine(DateTimeOffset.FromUnixTimeSeconds(0).ToString("yyyy") + new DateTimeOffset(2024, 1, 1, 12, 0, 0, TimeSpan.FromHours(-5)).ToUniversalTime().Hour);
Console.WriteLine(Convert.ToInt32('A') + Convert.ToDouble("1.5") + Convert.ToBoolean("true").ToString());
