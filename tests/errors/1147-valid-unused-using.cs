using System.Text.RegularExpressions; using System.Diagnostics; using System.Net; using System.Text.Json;
Console.WriteLine(1);
